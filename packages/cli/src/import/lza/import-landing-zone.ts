import { type ImportedFiles, yamlFile } from "../imported-files.ts";
import { toRules } from "./assignments.ts";
import { readConfigFile, readZoneFile, type LandingZone } from "./config-file.ts";
import { toOrganization } from "./organization.ts";
import { toPermissionSets } from "./permission-sets.ts";
import { PrincipalRegister } from "../principals.ts";
import { AccountsConfig, IamConfig, OrganizationConfig, ReplacementsConfig } from "./schemas.ts";

const SOURCE = "Imported from a configuration of the Landing Zone Accelerator on AWS.";

/**
 * Reads the configuration folder of a Landing Zone Accelerator: `organization-config.yaml`, `accounts-config.yaml`,
 * `iam-config.yaml` (section `identityCenter`) and the policy files that it names.
 * @throws {FlowError} PolicyInvalid with file, line and column of what is missing or names something unknown
 */
export async function importLandingZone(dir: string): Promise<ImportedFiles> {
  const notes = new Set<string>();
  const zone: LandingZone = {
    dir,
    replacements: await readReplacements(dir),
    note: (sentence) => notes.add(sentence),
  };
  const units = await readConfigFile(zone, "organization-config.yaml", OrganizationConfig);
  const accounts = await readConfigFile(zone, "accounts-config.yaml", AccountsConfig);
  const iam = await readConfigFile(zone, "iam-config.yaml", IamConfig);

  const organization = toOrganization(zone, units, accounts);
  const permissionSets = await toPermissionSets(zone, iam);
  const principals = new PrincipalRegister((sentence) => zone.note(sentence));
  const rules = toRules({ zone, iam, organization, principals });
  const directory = principals.directory();

  const { delegatedAdminAccount } = iam.value.identityCenter;
  if (delegatedAdminAccount) {
    zone.note(`The instance is administered from ${delegatedAdminAccount}: deploy Landbridge there.`);
  }
  zone.note("The landing zone's region is not read: write yours into organization.yaml.");
  zone.note(
    "Only the section identityCenter of iam-config.yaml is read: roles and policies stay with the landing zone.",
  );
  return {
    organization: yamlFile(["The AWS organization.", SOURCE], organization.file),
    directory: yamlFile(
      ["The groups and users that the assignments name; all else about them is made up.", SOURCE],
      directory,
    ),
    access: yamlFile(["Who may do what: permission sets and assignments.", SOURCE], {
      version: 1,
      permissionSets,
      rules,
    }),
    notes: [...notes],
  };
}

/** Only texts are put in: a list would have to be more than a value. */
async function readReplacements(dir: string): Promise<Map<string, string>> {
  const name = "replacements-config.yaml";
  if ((await readZoneFile(dir, name)) === undefined) return new Map();
  const { value } = await readConfigFile(
    { dir, replacements: new Map(), note: () => undefined },
    name,
    ReplacementsConfig,
  );
  return new Map(
    value.globalReplacements.flatMap(({ key, value }) =>
      typeof value === "string" ? [[key, value] as const] : [],
    ),
  );
}
