import { SourceError } from "../source-error.ts";
import { ImportFindings } from "../findings.ts";
import { accessFile, type ImportedFiles, yamlFile } from "../imported-files.ts";
import { PrincipalRegister } from "../principals.ts";
import { findMappings, readMapping } from "./mapping-folder.ts";
import { toOrganization } from "./organization.ts";
import { toPermissionSets } from "./permission-sets.ts";
import { globalRules, targetRules } from "./rules.ts";
import { GlobalMappings, TargetMappings } from "./schemas.ts";

const SOURCE = "Imported from mappings of AWS's codepipeline-auto-assignment sample.";

/**
 * Reads the mappings of aws-samples/aws-identitycenter-codepipeline-auto-assignment: `permission-sets/*.json`,
 * `global-mapping.json` and `target-mapping.json`.
 * @throws {SourceError} when the folder has none; {FlowError} PolicyInvalid with file, line and column of what is wrong
 */
export async function importMappings(dir: string): Promise<ImportedFiles> {
  const findings = new ImportFindings();
  const { note } = findings;
  const folder = { dir: await findMappings(dir), findings };
  const permissionSets = await toPermissionSets(folder);
  const everywhere = await readMapping(folder, "global-mapping.json", GlobalMappings);
  const targeted = await readMapping(folder, "target-mapping.json", TargetMappings);
  if (!everywhere && !targeted)
    throw new SourceError(`${folder.dir} has neither global-mapping.json nor target-mapping.json`);

  const known = new Set(permissionSets.keys());
  const named = [
    ...(everywhere ? globalRules(everywhere, known) : []),
    ...(targeted ? targetRules(targeted, known) : []),
  ];
  const rules = [...new Map(named.map((rule) => [rule.name, rule])).values()];
  const principals = new PrincipalRegister(note);
  for (const { groups } of rules) principals.addNamed("GROUP", groups[0]);
  const organization = toOrganization(rules, note);
  const directory = principals.directory("Mappings");
  return {
    notes: findings.notes(),
    organization: yamlFile("organization", {
      comment: [
        "An organization with what the mappings name, to try them on a sandbox; the rest is made up.",
        SOURCE,
      ],
      content: organization,
    }),
    directory: yamlFile("directory", {
      comment: ["The groups that the mappings name; all else about them is made up.", SOURCE],
      content: directory,
    }),
    access: accessFile({
      comment: ["Who may do what: permission sets and assignments.", SOURCE],
      content: { version: 1, permissionSets: Object.fromEntries(permissionSets), rules },
    }),
  };
}
