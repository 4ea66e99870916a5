import { isFlowError } from "../errors.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import type { Ports } from "../ports/ports.ts";
import { LEDGER } from "./ledger-entry.ts";
import type { LedgerChange } from "./reconcile-ledger.ts";

/** DynamoDB accepts thousands of writes a second; this many at once are a few hundred. */
const CONCURRENCY = 16;
/** How long a tombstone is kept, for people who want to know what happened to an assignment. */
const TOMBSTONE_MILLISECONDS = 30 * 24 * 3_600_000;

type Needs = Pick<Ports, "records" | "clock">;

/** Writes what a read has shown. An entry that somebody has written since is left alone: it is younger than the read. */
export async function keepLedgerChanges(changes: readonly LedgerChange[], ports: Needs): Promise<void> {
  await mapConcurrently(changes, CONCURRENCY, (change) => keep(change, ports));
}

async function keep({ record, becomes }: LedgerChange, { records, clock }: Needs): Promise<void> {
  const { id, revision } = record;
  if (becomes !== null) {
    const { key, entry } = becomes;
    const expiry = entry.state === "gone" ? { expiresAt: clock.now() + TOMBSTONE_MILLISECONDS } : {};
    const ifRevision = key === id ? revision : 0;
    await unlessWritten(LEDGER.put(records, key, entry, { ifRevision, ...expiry }));
  }
  if (becomes?.key !== id) await unlessWritten(records.remove("ledger", id, { ifRevision: revision }));
}

async function unlessWritten(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!isFlowError(error, "ConflictingOperation")) throw error;
  }
}
