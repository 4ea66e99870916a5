import { parseAccessPolicy } from "@landbridge/core";
import { UsageError } from "../../exit.ts";
import { type ImportedFiles, yamlFile } from "../imported-files.ts";
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
 * @throws {UsageError} when the folder has none; {FlowError} PolicyInvalid with file, line and column of what is wrong
 */
export async function importMappings(dir: string): Promise<ImportedFiles> {
  const notes = new Set<string>();
  const note = (sentence: string) => void notes.add(sentence);
  const folder = await findMappings(dir);
  const permissionSets = await toPermissionSets(folder, note);
  const everywhere = await readMapping(folder, "global-mapping.json", GlobalMappings);
  const targeted = await readMapping(folder, "target-mapping.json", TargetMappings);
  if (!everywhere && !targeted)
    throw new UsageError(`${folder} has neither global-mapping.json nor target-mapping.json`);

  const context = { known: new Set(permissionSets.keys()), note };
  const named = [
    ...(everywhere ? globalRules(everywhere, context) : []),
    ...(targeted ? targetRules(targeted, context) : []),
  ];
  const rules = [...new Map(named.map((rule) => [rule.name, rule])).values()];
  const principals = new PrincipalRegister(note);
  for (const { groups } of rules) principals.addNamed("GROUP", groups[0]);

  const access = yamlFile(["Who may do what: permission sets and assignments.", SOURCE], {
    version: 1,
    permissionSets: Object.fromEntries(permissionSets),
    rules,
  });
  parseAccessPolicy(access, "access.yaml");
  return {
    organization: yamlFile(
      ["An organization with what the mappings name, to try them on a sandbox; the rest is made up.", SOURCE],
      toOrganization(rules, note),
    ),
    directory: yamlFile(
      ["The groups that the mappings name; all else about them is made up.", SOURCE],
      principals.directory("Mappings"),
    ),
    access,
    notes: [...notes],
  };
}
