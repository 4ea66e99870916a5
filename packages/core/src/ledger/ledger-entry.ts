import * as z from "zod";
import type { Ports } from "../ports/ports.ts";
import type { StoredRecord } from "../ports/record-store.ts";
import type { EarlierEntry } from "./earlier-entry.ts";
import { defineRecord } from "../records/define-record.ts";

/**
 * Record `ledger/<key>` ({@link ledgerKey}): what Landbridge knows of an assignment that it made.
 *
 * - `claimed`: written before the operation starts, so that a crash leaves no access that nobody may remove.
 * - `present`: the operation succeeded, or a complete read saw the assignment.
 * - `uncertain`: a creation was given up, or a deletion has begun, and its end is not known. A later read decides.
 * - `gone`: it was there and somebody else removed it. Kept for a while for people; no longer Landbridge's own.
 */
export interface LedgerEntry {
  readonly state: "claimed" | "present" | "uncertain" | "gone";
  /** ISO time from which it is in this state. */
  readonly since: string;
  /** ISO time. */
  readonly claimedAt: string;
  /** Id of the plan that it was made for. */
  readonly planId: string;
  /** Entra object id at that time; null for a principal that SCIM did not make. */
  readonly directoryId: string | null;
  readonly accountName: string;
  readonly permissionSet: string;
  readonly principalName: string;
}

const When = z.iso.datetime();

const Entry = z.object({
  state: z.enum(["claimed", "present", "uncertain", "gone"]),
  since: When,
  claimedAt: When,
  planId: z.string(),
  directoryId: z.string().nullable(),
  accountName: z.string(),
  permissionSet: z.string(),
  principalName: z.string(),
});

/** Both are of version 1. What turns one into the other is a read of the instance: {@link makeUpgrade}. */
const Earlier = z.object({
  accountId: z.string(),
  permissionSet: z.string(),
  principal: z.object({
    type: z.enum(["GROUP", "USER"]),
    directoryId: z.string().nullable(),
    principalId: z.string().nullable(),
    name: z.string(),
  }),
  planId: z.string(),
  claimedAt: When,
});

export const LEDGER = defineRecord<LedgerEntry | EarlierEntry>({
  kind: "ledger",
  version: 1,
  schema: z.union([Entry, Earlier]),
});

export type LedgerRecord = StoredRecord<LedgerEntry | EarlierEntry>;

/**
 * All records, tombstones (`gone`) included. One that cannot be read fails the run: without it, a plan could delete what it
 * must not, or the ledger lose what is Landbridge's own.
 * @throws {FlowError} RecordTooNew, StoredRecordInvalid
 */
export async function readLedger({ records }: Pick<Ports, "records">): Promise<LedgerRecord[]> {
  return LEDGER.list(records);
}

/** The number of assignments that Landbridge counts as its own. */
export async function countOwn(ports: Pick<Ports, "records">): Promise<number> {
  return (await readLedger(ports)).filter(isOwn).length;
}

/** Whether Landbridge may delete the assignment. */
export function isOwn({ value }: LedgerRecord): boolean {
  return isEarlier(value) || value.state !== "gone";
}

export function isEarlier(value: LedgerRecord["value"]): value is EarlierEntry {
  return !("state" in value);
}
