import { isEarlier, isOwn, type LedgerRecord } from "../ledger/ledger-entry.ts";
import { parseLedgerKey } from "../ledger/ledger-key.ts";
import type { InstanceScope, NamedPermissionSet, Place } from "../model/instance.ts";
import type { AssignmentIdentity } from "../model/assignment-key.ts";
import { inScope } from "../model/in-scope.ts";

interface NamedPlacesInput {
  readonly scope: InstanceScope;
  /** Identity store ids of the groups in the scope. */
  readonly groupIds: ReadonlySet<string>;
  readonly permissionSets: readonly NamedPermissionSet[];
  /** The assignments that the policy asks for. */
  readonly desired: readonly AssignmentIdentity[];
  readonly ledger: readonly LedgerRecord[];
}

/**
 * The places where a scope's groups should have an assignment by the policy, or have one by the ledger: assignments elsewhere
 * are neither wanted nor Landbridge's own, and no plan would change them.
 */
export function namedPlaces({ scope, groupIds, permissionSets, desired, ledger }: NamedPlacesInput): Place[] {
  const arns = new Map(permissionSets.map(({ name, arn }) => [name, arn]));
  const isInScope = inScope(scope);

  /** No place for a set that does not exist. */
  function named(accountId: string, permissionSet: string): Place[] {
    const permissionSetArn = arns.get(permissionSet);
    return permissionSetArn === undefined ? [] : [{ accountId, permissionSetArn }];
  }

  function ledgered({ id, value }: LedgerRecord): Place[] {
    if (isEarlier(value)) return isInScope(value) ? named(value.accountId, value.permissionSet) : [];
    const assignment = parseLedgerKey(id);
    if (assignment === null) return [];
    const { accountId, permissionSetArn, principalType: type, principalId } = assignment;
    const isMeant =
      groupIds.has(principalId) ||
      isInScope({ accountId, principal: { type, directoryId: value.directoryId, principalId } });
    return isMeant ? [{ accountId, permissionSetArn }] : [];
  }

  const places = [
    ...desired.filter(isInScope).flatMap(({ accountId, permissionSet }) => named(accountId, permissionSet)),
    ...ledger.filter(isOwn).flatMap(ledgered),
  ];
  return [
    ...new Map(places.map((place) => [`${place.accountId}/${place.permissionSetArn}`, place])).values(),
  ];
}
