import type { ScopedSnapshot } from "../model/instance.ts";
import { makeUpgrade } from "./upgrade-entry.ts";
import { isEarlier, isOwn, type LedgerEntry, type LedgerRecord } from "./ledger-entry.ts";
import { ledgerKey } from "./ledger-key.ts";

/** What the ledger stores about the group or user. */
export type OwnAssignment = Pick<LedgerEntry, "directoryId" | "principalName">;

/** What Landbridge created and may delete, by {@link ledgerKey}. */
export type OwnAssignments = ReadonlyMap<string, OwnAssignment>;

export function ownAssignments(
  records: readonly LedgerRecord[],
  snapshot: Pick<ScopedSnapshot, "permissionSets" | "principals">,
): OwnAssignments {
  const upgrade = makeUpgrade(snapshot);
  return new Map(
    records.filter(isOwn).flatMap(({ id, value }): [string, OwnAssignment][] => {
      if (!isEarlier(value)) return [[id, value]];
      const upgraded = upgrade(value);
      return upgraded === null ? [] : [[ledgerKey(upgraded.assignment), upgraded.entry]];
    }),
  );
}
