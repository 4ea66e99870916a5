import type { InstanceSnapshot, ScopedSnapshot } from "../model/instance.ts";
import { inScope } from "../plan/in-scope.ts";
import { type EarlierEntry, makeUpgrade } from "./earlier-entry.ts";
import { isEarlier, type LedgerEntry, type LedgerRecord } from "./ledger-entry.ts";
import { ledgerKey, parseLedgerKey } from "./ledger-key.ts";

/** A read of the instance that is complete within its scope. */
export interface CompleteRead {
  readonly snapshot: InstanceSnapshot | ScopedSnapshot;
  /** ISO time before its first question. */
  readonly beganAt: string;
}

export interface LedgerChange {
  /** As it was read. */
  readonly record: LedgerRecord;
  /** What it is from now on; null: nothing is known any more. */
  readonly becomes: { readonly key: string; readonly entry: LedgerEntry } | null;
}

/**
 * A read decides only about entries that have been as they are for this long. An operation that an earlier run left behind
 * may still be under way, and neither how long it takes nor how soon a listing shows what it did is published (seconds, as
 * far as anybody has reported). An entry that waits for the next read costs nothing; one that is dropped too early makes an
 * assignment foreign for ever.
 */
export const SETTLED_AFTER_MILLISECONDS = 30 * 60_000;

/** Holds the ledger against what is really there. @returns only what changes, nothing outside the scope of the read */
export function reconcileLedger(records: readonly LedgerRecord[], read: CompleteRead): LedgerChange[] {
  const { snapshot, beganAt } = read;
  const settledBefore = Date.parse(beganAt) - SETTLED_AFTER_MILLISECONDS;
  const there = new Set(snapshot.assignments.map(ledgerKey));
  const wasRead = makeWasRead(snapshot);
  const upgrade = makeUpgrade(snapshot);

  function judge(record: LedgerRecord): LedgerChange | null {
    const { id, value } = record;
    if (isEarlier(value)) return judgeEarlier(record, value);
    if (value.state === "gone" || !wasRead(id, value) || Date.parse(value.since) > settledBefore) return null;
    if (there.has(id)) return value.state === "present" ? null : toState(record, value, "present");
    return value.state === "present" ? toState(record, value, "gone") : { record, becomes: null };
  }

  /** Whose principal a scoped read does not know, it cannot tell: a full one upgrades. */
  function judgeEarlier(record: LedgerRecord, value: EarlierEntry): LedgerChange | null {
    if ("scope" in snapshot || Date.parse(value.claimedAt) > settledBefore) return null;
    const upgraded = upgrade(value);
    if (upgraded === null) return { record, becomes: null };
    const key = ledgerKey(upgraded.assignment);
    if (!there.has(key)) return { record, becomes: null };
    return { record, becomes: { key, entry: { ...upgraded.entry, state: "present", since: beganAt } } };
  }

  function toState(record: LedgerRecord, value: LedgerEntry, state: LedgerEntry["state"]): LedgerChange {
    return { record, becomes: { key: record.id, entry: { ...value, state, since: beganAt } } };
  }

  return records.map(judge).filter((change) => change !== null);
}

/** A group is known by the object id that it has now; one that is gone, by the one that it had. */
function makeWasRead(snapshot: CompleteRead["snapshot"]): (key: string, entry: LedgerEntry) => boolean {
  if (!("scope" in snapshot)) return () => true;
  const holds = inScope(snapshot.scope);
  const directoryIds = new Map(
    snapshot.principals.map(({ type, principalId, externalId }) => [`${type}/${principalId}`, externalId]),
  );
  return (key, entry) => {
    const assignment = parseLedgerKey(key);
    if (assignment === null) return false;
    const { accountId, principalType: type, principalId } = assignment;
    const known = directoryIds.get(`${type}/${principalId}`);
    const directoryId = known === undefined ? entry.directoryId : known;
    return holds({ accountId, principal: { type, directoryId, principalId } });
  };
}
