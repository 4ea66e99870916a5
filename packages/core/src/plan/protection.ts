import type { Settings } from "../settings.ts";
import type { AssignmentIdentity } from "../model/assignment-key.ts";
import type { Plan } from "./plan.ts";

/** The settings that say who and what is never changed. */
export type Protection = Pick<Settings, "manageManagementAccount" | "breakGlass">;

/**
 * Whether an assignment stays whatever the policy says: it is break-glass, or in a management account that is left
 * alone.
 */
export function isProtected(
  { principal, ...role }: AssignmentIdentity,
  managementAccountId: string,
  protection: Protection,
): boolean {
  const ids = [principal.directoryId, principal.principalId];
  return (
    isProtectedRole(role, managementAccountId, protection) ||
    protection.breakGlass.principalIds.some((id) => ids.includes(id))
  );
}

/** The same of the role that a permission set has in an account. */
export function isProtectedRole(
  { accountId, permissionSet }: Pick<AssignmentIdentity, "accountId" | "permissionSet">,
  managementAccountId: string,
  { manageManagementAccount, breakGlass }: Protection,
): boolean {
  return (
    (accountId === managementAccountId && !manageManagementAccount) ||
    breakGlass.permissionSets.includes(permissionSet)
  );
}

/** The plan's changes that the settings forbid, a few words each. A plan made with these settings has none. */
export function forbiddenChanges(
  {
    assignments,
    permissionSets,
    provisioning,
  }: Pick<Plan, "assignments" | "permissionSets" | "provisioning">,
  managementAccountId: string,
  protection: Protection,
): string[] {
  const forbidden = assignments.filter((change) =>
    change.action === "delete"
      ? isProtected(change, managementAccountId, protection)
      : change.accountId === managementAccountId && !protection.manageManagementAccount,
  );
  const sets = permissionSets.filter(
    ({ action, name }) => action === "delete" && protection.breakGlass.permissionSets.includes(name),
  );
  return [
    ...forbidden.map(
      ({ action, permissionSet, principal, accountName }) =>
        `${action} ${permissionSet} for ${principal.name} in ${accountName}`,
    ),
    ...provisioning
      .filter((role) => isProtectedRole(role, managementAccountId, protection))
      .map(({ permissionSet, accountName }) => `provision ${permissionSet} in ${accountName}`),
    ...sets.map(({ name }) => `delete the permission set ${name}`),
  ];
}
