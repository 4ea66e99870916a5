import { didYouMean } from "@landbridge/core";
import { Scalar } from "yaml";
import type { Path, SourceFile } from "../source-file.ts";
import { MANAGEMENT, ROOT, type ZoneOrganization } from "./organization.ts";
import type { IamConfig, ZoneAssignment } from "./schemas.ts";

interface Context {
  readonly iam: SourceFile<IamConfig>;
  readonly organization: ZoneOrganization;
}

interface Place {
  readonly assignment: ZoneAssignment;
  readonly path: Path;
}

interface RuleTargets {
  /** What distinguishes the rule's name from the assignment's. */
  readonly suffix: string;
  readonly targets: object;
  readonly except?: object;
}

/** Refuses accounts and units that the other files do not list. */
export function checkTargets({ iam, organization }: Context, { assignment, path }: Place): void {
  const targets = assignment.deploymentTargets;
  for (const key of ["accounts", "excludedAccounts"] as const) {
    for (const [index, name] of targets[key].entries()) {
      if (organization.accounts.has(name)) continue;
      iam.refuse(
        [...path, "deploymentTargets", key, index],
        `accounts-config.yaml lists no account ${JSON.stringify(name)}${didYouMean(name, organization.accounts.keys())}`,
      );
    }
  }
  const units = [ROOT, ...organization.unitPaths];
  for (const [index, name] of targets.organizationalUnits.entries()) {
    if (units.includes(name)) continue;
    iam.refuse(
      [...path, "deploymentTargets", "organizationalUnits", index],
      `organization-config.yaml lists no unit ${JSON.stringify(name)}${didYouMean(name, units)}, or it is ignored`,
    );
  }
}

/**
 * A unit of a deployment target means the accounts directly in it (Landing Zone Accelerator, getAccountNamesFromTarget); a
 * unit of a rule includes those below. So a unit with units below gets its own rule that excludes them.
 */
export function toTargets(context: Context, place: Place): RuleTargets[] {
  const { iam, organization } = context;
  const { assignment, path } = place;
  const at = [...path, "deploymentTargets"];
  const { accounts, organizationalUnits, excludedAccounts } = assignment.deploymentTargets;
  noteDifferences(context, place);
  const except =
    excludedAccounts.length > 0 ? { accounts: excludedAccounts.map(accountIn(organization)) } : undefined;
  if (organizationalUnits.includes(ROOT))
    return [{ suffix: "", targets: { root: true }, ...(except ? { except } : {}) }];

  const units = organizationalUnits.map((unit) => ({
    unit,
    below: unitsBelow(unit, organization.unitPaths),
  }));
  const leaves = units.filter(({ below }) => below.length === 0).map(({ unit }) => unit);
  const rules: RuleTargets[] = [];
  if (leaves.length + accounts.length > 0) {
    const ou = leaves.length > 0 ? { ou: leaves } : {};
    const named = accounts.length > 0 ? { accounts: accounts.map(accountIn(organization)) } : {};
    rules.push({ suffix: "", targets: { ...ou, ...named }, ...(except ? { except } : {}) });
  }
  for (const { unit, below } of units.filter((entry) => entry.below.length > 0)) {
    iam.note(
      [...at, "organizationalUnits"],
      `${assignment.name} is for the accounts directly in ${unit}: its rule leaves out the units below that organization-config.yaml lists.`,
    );
    const suffix = rules.length === 0 ? "" : ` (${unit})`;
    rules.push({ suffix, targets: { ou: [unit] }, except: { ou: below, ...except } });
  }
  if (rules.length === 0) iam.note(at, `${assignment.name} has no target and was left out.`);
  return rules;
}

/** Where the rule differs from the landing zone. */
function noteDifferences({ iam }: Context, { assignment, path }: Place): void {
  const at = [...path, "deploymentTargets"];
  const { accounts, organizationalUnits, excludedAccounts, excludedRegions } = assignment.deploymentTargets;
  const everywhere = organizationalUnits.includes(ROOT);
  if ((everywhere || accounts.includes(MANAGEMENT)) && !excludedAccounts.includes(MANAGEMENT)) {
    iam.note(
      at,
      `${assignment.name} includes the management account: nothing happens there unless manageManagementAccount is switched on.`,
    );
  }
  if (everywhere) {
    iam.note(
      [...at, "organizationalUnits"],
      `${assignment.name} is for every account that accounts-config.yaml lists: its rule is for every account of the organization.`,
    );
  }
  if (excludedRegions.length > 0) {
    iam.note(
      [...at, "excludedRegions"],
      "excludedRegions is left out: access to an account has no region. Deny regions in a policy instead.",
    );
  }
}

/**
 * By id, since a landing zone has its own names for accounts: `Management` may have another name in AWS. The name is added as
 * a comment.
 */
function accountIn({ accounts }: ZoneOrganization): (name: string) => Scalar<string> {
  return (name) => {
    const id = accounts.get(name);
    const node = new Scalar(id ?? name);
    if (id !== undefined) node.comment = ` ${name}`;
    return node;
  };
}

function unitsBelow(unit: string, paths: ReadonlySet<string>): string[] {
  return [...paths].filter((path) => path.slice(0, path.lastIndexOf("/")) === unit);
}
