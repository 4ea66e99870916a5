import { assignmentKey } from "../plan/assignment-key.ts";
import type { AssignmentChange, PlanPrincipal } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { RecordStore } from "../ports/record-store.ts";

/** Record `ledger/<assignment key>`: this assignment is Landbridge's own and may be deleted. */
interface LedgerEntry {
  readonly accountId: string;
  readonly permissionSet: string;
  readonly principal: PlanPrincipal;
  readonly planId: string;
  /** ISO time. */
  readonly claimedAt: string;
}

/** Keys of all assignments that Landbridge made. */
export async function readLedger({ records }: Pick<Ports, "records">): Promise<ReadonlySet<string>> {
  return new Set((await records.list<LedgerEntry>("ledger")).map(({ id }) => id));
}

/**
 * Written before the operation starts and taken back when it fails: a crash in between then never leaves access that
 * nobody may remove. A claim without an assignment is harmless, an assignment without its claim is not.
 */
export async function claim(
  change: AssignmentChange,
  planId: string,
  { records, clock }: Pick<Ports, "records" | "clock">,
): Promise<void> {
  const { accountId, permissionSet, principal } = change;
  const claimedAt = new Date(clock.now()).toISOString();
  const entry: LedgerEntry = { accountId, permissionSet, principal, planId, claimedAt };
  await records.put("ledger", assignmentKey(change), entry);
}

export async function release(change: AssignmentChange, records: RecordStore): Promise<void> {
  await records.remove("ledger", assignmentKey(change));
}
