import type { InstanceSnapshot, ScopedSnapshot } from "../model/instance.ts";
import { inScope } from "../model/in-scope.ts";
import type { EarlierEntry } from "./earlier-entry.ts";
import { makeUpgrade } from "./upgrade-entry.ts";
import { isEarlier, type LedgerEntry, type LedgerRecord } from "./ledger-entry.ts";
import { ledgerKey, parseLedgerKey } from "./ledger-key.ts";

/** A read of the instance that is complete within its scope. */
export interface CompleteRead {
  readonly snapshot: InstanceSnapshot | ScopedSnapshot;
  /** ISO time before its first question. */
  readonly beganAt: string;
}

export interface LedgerChange {
  /** The record as it was read. */
  readonly record: LedgerRecord;
  /** Its new state; null if the record is removed. */
  readonly becomes: { readonly key: string; readonly entry: LedgerEntry } | null;
}

/**
 * A read decides only about entries that have not changed for this long. An operation of an earlier run may still be
 * running, and AWS publishes neither how long one takes nor how soon a listing shows its result (seconds, according to
 * reports). An entry that waits for the next read costs nothing; one that is dropped too early makes an assignment
 * foreign permanently.
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

  /** A scoped read cannot judge entries of principals that it does not know: a full read upgrades them. */
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

/** A group is identified by its current object id; a deleted one, by its former one. */
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
