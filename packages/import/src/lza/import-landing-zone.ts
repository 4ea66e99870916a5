import { didYouMean, FlowError } from "@landbridge/core";
import { ImportFindings } from "../findings.ts";
import { accessFile, type ImportedFiles, yamlFile } from "../imported-files.ts";
import { PrincipalRegister } from "../principals.ts";
import type { SourceFile } from "../source-file.ts";
import { toRules } from "./assignments.ts";
import { type LandingZone, readConfigFile, readZoneFile } from "./config-file.ts";
import { MANAGEMENT, toOrganization, type ZoneOrganization } from "./organization.ts";
import { toPermissionSets } from "./permission-sets.ts";
import { readReplacements } from "./replacements.ts";
import { AccountsConfig, IamConfig, OrganizationConfig } from "./schemas.ts";

const SOURCE = "Imported from a configuration of the Landing Zone Accelerator on AWS.";

/**
 * Reads the configuration folder of a Landing Zone Accelerator: `organization-config.yaml`, `accounts-config.yaml`,
 * `iam-config.yaml` (section `identityCenter`) and the policy files that it names; where they are there also
 * `replacements-config.yaml` and `global-config.yaml`.
 * @throws {FlowError} PolicyInvalid with file, line and column of all that is missing or names something unknown
 */
export async function importLandingZone(dir: string): Promise<ImportedFiles> {
  await checkPresence(dir);
  const zone: LandingZone = { dir, findings: new ImportFindings() };
  const { note } = zone.findings;
  const accounts = await readConfigFile(zone, "accounts-config.yaml", { schema: AccountsConfig });
  const { tokens, variables, homeRegion } = await readReplacements(zone, accounts.value);
  const units = await readConfigFile(zone, "organization-config.yaml", {
    schema: OrganizationConfig,
    tokens,
  });
  const iam = await readConfigFile(zone, "iam-config.yaml", { schema: IamConfig, tokens });

  const organization = toOrganization(zone, { units, accounts });
  const permissionSets = await toPermissionSets({ zone, iam, variables });
  const principals = new PrincipalRegister(note);
  const rules = toRules({ iam, organization, principals });
  const delegated = delegatedAdministrator(iam, organization);
  if (homeRegion === null) {
    note("global-config.yaml is not there: write the region of the instance into organization.yaml.");
  }
  note("Only the section identityCenter of iam-config.yaml is read: the rest stays with the landing zone.");
  const directory = principals.directory();
  return {
    notes: zone.findings.notes(),
    organization: yamlFile("organization", {
      comment: ["The AWS organization.", SOURCE],
      content: {
        ...(homeRegion !== null && { region: homeRegion }),
        ...(delegated !== null && { delegatedAdministrator: delegated }),
        ...organization.file,
      },
    }),
    directory: yamlFile("directory", {
      comment: ["The groups and users that the assignments name; all else about them is made up.", SOURCE],
      content: directory,
    }),
    access: accessFile({
      comment: ["Who may do what: permission sets and assignments.", SOURCE],
      content: { version: 1, permissionSets, rules },
    }),
  };
}

/** Names all that are missing at once: of a wrong folder that is most of them. */
async function checkPresence(dir: string): Promise<void> {
  const names = ["organization-config.yaml", "accounts-config.yaml", "iam-config.yaml"];
  const texts = await Promise.all(names.map((name) => readZoneFile(dir, name)));
  const missing = names.filter((_, index) => texts[index] === undefined);
  if (missing.length === 0) return;
  throw new FlowError("PolicyInvalid", missing.map((name) => `${name} is not in ${dir}`).join("\n"));
}

/** The member account that the instance is administered from. */
function delegatedAdministrator(iam: SourceFile<IamConfig>, { accounts }: ZoneOrganization): string | null {
  const name = iam.value.identityCenter.delegatedAdminAccount;
  const path = ["identityCenter", "delegatedAdminAccount"];
  if (!name || name === MANAGEMENT) return null;
  if (!accounts.has(name)) {
    const hint = didYouMean(name, accounts.keys());
    iam.refuse(path, `accounts-config.yaml lists no account ${JSON.stringify(name)}${hint}`);
    return null;
  }
  iam.note(path, `the instance is administered from ${name}: deploy Landbridge there.`);
  return name;
}
