import type { InstanceAssignment, ScopedSnapshot } from "../model/instance.ts";
import type { EarlierEntry } from "./earlier-entry.ts";
import type { LedgerEntry } from "./ledger-entry.ts";

interface Upgraded {
  readonly assignment: InstanceAssignment;
  readonly entry: Omit<LedgerEntry, "state" | "since">;
}

/**
 * Finds the assignments of entries in the earlier format; null if the permission set is gone, or if the principal is gone and
 * left no identity store id.
 */
export function makeUpgrade({
  permissionSets,
  principals,
}: Pick<ScopedSnapshot, "permissionSets" | "principals">): (entry: EarlierEntry) => Upgraded | null {
  const arns = new Map(permissionSets.map(({ name, arn }) => [name, arn]));
  const principalIds = new Map(
    principals.map(({ type, externalId, principalId }) => [`${type}/${externalId}`, principalId]),
  );
  return ({ accountId, permissionSet, principal, planId, claimedAt }) => {
    const { type: principalType, directoryId, name: principalName } = principal;
    const permissionSetArn = arns.get(permissionSet);
    const principalId = principalIds.get(`${principalType}/${directoryId}`) ?? principal.principalId;
    if (permissionSetArn === undefined || principalId === null) return null;
    return {
      assignment: { accountId, permissionSetArn, principalType, principalId },
      entry: { claimedAt, planId, directoryId, accountName: accountId, permissionSet, principalName },
    };
  };
}
