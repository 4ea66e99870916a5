import type { Sandbox } from "@landbridge/sandbox";

/** One group or user has one permission set in this many accounts. */
export interface GrantedAccess {
  readonly principal: string;
  readonly permissionSet: string;
  readonly accounts: number;
}

/** The access that actually exists in the sandbox's AWS, ordered by principal and permission set. */
export function grantedAccess(sandbox: Pick<Sandbox, "assignments" | "states">): GrantedAccess[] {
  const { identityCenter, identityStore } = sandbox.states;
  const rows = new Map<string, GrantedAccess>();
  for (const { principalId, permissionSetArn } of sandbox.assignments()) {
    const principal =
      identityStore.groups.get(principalId)?.attributes.displayName ??
      identityStore.users.get(principalId)?.attributes.userName ??
      principalId;
    const permissionSet = identityCenter.permissionSets.get(permissionSetArn)?.name ?? permissionSetArn;
    const key = `${principalId} ${permissionSetArn}`;
    rows.set(key, { principal, permissionSet, accounts: (rows.get(key)?.accounts ?? 0) + 1 });
  }
  return [...rows.values()].toSorted(
    (a, b) => a.principal.localeCompare(b.principal) || a.permissionSet.localeCompare(b.permissionSet),
  );
}
