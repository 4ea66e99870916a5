import { isEarlier, isOwn, type LedgerRecord } from "../ledger/ledger-entry.ts";
import { parseLedgerKey } from "../ledger/ledger-key.ts";
import type { InstanceAssignment, StorePrincipal, Place } from "../model/instance.ts";

/** An assignment of the ledger whose group or user the identity store no longer has. */
export interface Orphan {
  readonly assignment: InstanceAssignment;
  /** Entra object id that the group or user had. */
  readonly directoryId: string | null;
}

export function findOrphans(
  ledger: readonly LedgerRecord[],
  principals: readonly StorePrincipal[],
): Orphan[] {
  const known = new Set(principals.map(({ type, principalId }) => `${type}/${principalId}`));
  return ledger.filter(isOwn).flatMap(({ id, value }) => {
    const assignment = parseLedgerKey(id);
    if (assignment === null || isEarlier(value) || known.has(principalOf(assignment))) return [];
    return [{ assignment, directoryId: value.directoryId }];
  });
}

/** Where they are looked up, each place once: AWS lists nothing for a principal that is gone. */
export function placesOf(orphans: readonly Orphan[]): Place[] {
  const places = orphans.map(({ assignment: { accountId, permissionSetArn } }): [string, Place] => [
    `${accountId}/${permissionSetArn}`,
    { accountId, permissionSetArn },
  ]);
  return [...new Map(places).values()];
}

/** `GROUP/<identity store id>` */
export function principalOf({
  principalType,
  principalId,
}: Pick<InstanceAssignment, "principalType" | "principalId">): string {
  return `${principalType}/${principalId}`;
}
