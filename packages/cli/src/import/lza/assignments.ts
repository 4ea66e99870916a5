import type { ConfigFile, LandingZone, Path } from "./config-file.ts";
import { MANAGEMENT, ROOT, type ZoneOrganization } from "./organization.ts";
import type { PrincipalRegister } from "../principals.ts";
import type { IamConfig, ZoneAssignment } from "./schemas.ts";

interface Context {
  readonly zone: LandingZone;
  readonly iam: ConfigFile<IamConfig>;
  readonly organization: ZoneOrganization;
  readonly principals: PrincipalRegister;
}

interface RulePrincipals {
  readonly groups?: readonly string[];
  readonly users?: readonly string[];
}

/**
 * The assignments as rules of `access.yaml`.
 * @throws {FlowError} PolicyInvalid when one names a permission set, account or unit that does not exist, or nobody
 */
export function toRules(context: Context): object[] {
  const { iam } = context;
  const { identityCenterAssignments, identityCenterPermissionSets } = iam.value.identityCenter;
  const permissionSets = new Set(identityCenterPermissionSets.map(({ name }) => name));
  const seen = new Set<string>();
  return identityCenterAssignments.flatMap((assignment, index) => {
    const path = ["identityCenter", "identityCenterAssignments", index];
    const { name, permissionSetName } = assignment;
    if (seen.has(name)) throw iam.invalid([...path, "name"], `a second assignment is named ${name}`);
    seen.add(name);
    if (!permissionSets.has(permissionSetName)) {
      throw iam.invalid([...path, "permissionSetName"], `there is no permission set ${permissionSetName}`);
    }
    checkTargets(context, assignment, [...path, "deploymentTargets"]);
    const who = toPrincipals(context, assignment, path);
    return toTargets(context, assignment).map(({ suffix, ...where }) => ({
      name: `${name}${suffix}`,
      ...who,
      permissionSets: [permissionSetName],
      ...where,
    }));
  });
}

function toPrincipals({ iam, principals }: Context, assignment: ZoneAssignment, path: Path): RulePrincipals {
  const groups: string[] = [];
  const users: string[] = [];
  const { principalId, principalType } = assignment;
  if (principalId) {
    const type = principalType ?? "USER";
    const id = principals.addById(type, principalId);
    if (id === undefined) throw iam.invalid([...path, "principalId"], "expected an id of the identity store");
    (type === "GROUP" ? groups : users).push(id);
  }
  for (const { type, name } of assignment.principals) {
    (type === "GROUP" ? groups : users).push(principals.addNamed(type, name));
  }
  if (groups.length + users.length === 0)
    throw iam.invalid(path, "this assignment is for nobody: name a principal");
  return {
    ...(groups.length > 0 ? { groups: [...new Set(groups)] } : {}),
    ...(users.length > 0 ? { users: [...new Set(users)] } : {}),
  };
}

function checkTargets(
  { iam, organization }: Context,
  { deploymentTargets }: ZoneAssignment,
  path: Path,
): void {
  for (const key of ["accounts", "excludedAccounts"] as const) {
    for (const [index, name] of deploymentTargets[key].entries()) {
      if (organization.accountNames.has(name)) continue;
      throw iam.invalid(
        [...path, key, index],
        `accounts-config.yaml lists no account ${JSON.stringify(name)}`,
      );
    }
  }
  for (const [index, name] of deploymentTargets.organizationalUnits.entries()) {
    if (name === ROOT || organization.unitPaths.has(name)) continue;
    const message = `organization-config.yaml lists no unit ${JSON.stringify(name)}, or it is ignored`;
    throw iam.invalid([...path, "organizationalUnits", index], message);
  }
}

interface RuleTargets {
  /** What the rule's name has more than the assignment's. */
  readonly suffix: string;
  readonly targets: object;
  readonly except?: object;
}

/**
 * A unit of a deployment target means the accounts directly in it (Landing Zone Accelerator, getAccountNamesFromTarget);
 * a unit of a rule means those below as well. So a unit with units below gets a rule of its own that leaves them out.
 */
function toTargets(
  { zone, organization }: Context,
  { name, deploymentTargets }: ZoneAssignment,
): RuleTargets[] {
  const { accounts, organizationalUnits, excludedAccounts } = deploymentTargets;
  const except = excludedAccounts.length > 0 ? { accounts: excludedAccounts } : undefined;
  const everywhere = organizationalUnits.includes(ROOT);
  if ((everywhere || accounts.includes(MANAGEMENT)) && !excludedAccounts.includes(MANAGEMENT)) {
    zone.note(
      `${name} includes the management account: nothing happens there unless manageManagementAccount is switched on.`,
    );
  }
  if (everywhere) return [{ suffix: "", targets: { root: true }, ...(except ? { except } : {}) }];

  const units = organizationalUnits.map((unit) => ({
    unit,
    below: unitsBelow(unit, organization.unitPaths),
  }));
  const leaves = units.filter(({ below }) => below.length === 0).map(({ unit }) => unit);
  const rules: RuleTargets[] = [];
  if (leaves.length + accounts.length > 0) {
    const ou = leaves.length > 0 ? { ou: leaves } : {};
    const named = accounts.length > 0 ? { accounts } : {};
    rules.push({ suffix: "", targets: { ...ou, ...named }, ...(except ? { except } : {}) });
  }
  for (const { unit, below } of units.filter((entry) => entry.below.length > 0)) {
    zone.note(`${name} is for the accounts directly in ${unit}: its rule leaves out the units below.`);
    const suffix = rules.length === 0 ? "" : ` (${unit})`;
    rules.push({ suffix, targets: { ou: [unit] }, except: { ou: below, ...except } });
  }
  if (rules.length === 0) zone.note(`${name} has no target and was left out.`);
  return rules;
}

function unitsBelow(unit: string, paths: ReadonlySet<string>): string[] {
  return [...paths].filter((path) => path.slice(0, path.lastIndexOf("/")) === unit);
}
