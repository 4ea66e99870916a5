import * as z from "zod";
import { FlowError, isFlowError } from "../errors.ts";
import { isRunning } from "../flows/is-running.ts";
import type { Ports } from "../ports/ports.ts";
import { defineRecord } from "../records/define-record.ts";

/**
 * Identifies the running holder: an execution, and how many times it was redriven. A redriven execution is another holder.
 */
export interface RunIdentity {
  readonly executionArn: string;
  readonly redrives: number;
}

/**
 * Record `lease/sync-access`. It is never removed, since its number must grow. It has no time limit, since a holder whose
 * execution has ended holds nothing.
 */
interface Lease {
  /** Grows with each taking. */
  readonly fence: number;
  readonly run: RunIdentity;
  readonly isReleased: boolean;
  /** The invocation that writes now: an earlier one that still lives has to stop. */
  readonly slice: string | null;
}

const ID = "sync-access";

export const LEASES = defineRecord<Lease>({
  kind: "lease",
  version: 1,
  schema: z.object({
    fence: z.int().positive(),
    run: z.object({ executionArn: z.string(), redrives: z.int() }),
    isReleased: z.boolean(),
    slice: z.string().nullable(),
  }),
});

type Executions = { readonly executions: Pick<Ports["executions"], "status"> };

/**
 * Takes the fence before a run reads the state that it will change. Only one run has it at a time. A run that puts a pausing
 * policy in force takes it from a running one, which then starts no further operation.
 * @returns its number, and whether the run that had it before did not give it back: its last operations may be under
 *   way
 * @throws {FlowError} AnotherRunActive
 */
export async function takeFence(
  run: RunIdentity,
  { records, executions }: Pick<Ports, "records"> & Executions,
  { isPausing = false } = {},
): Promise<{ fence: number; wasAbandoned: boolean }> {
  const stored = await LEASES.get(records, ID);
  const before = stored?.value ?? null;
  const wasAbandoned = before !== null && !before.isReleased;
  if (wasAbandoned && !isPausing && before.run.executionArn !== run.executionArn)
    await refuseWhileRunning(before.run, executions);
  const fence = (before?.fence ?? 0) + 1;
  const lease: Lease = { fence, run, isReleased: false, slice: null };
  try {
    await LEASES.put(records, ID, lease, { ifRevision: stored?.revision ?? 0 });
  } catch (error) {
    if (!isFlowError(error, "ConflictingOperation")) throw error;
    throw new FlowError("AnotherRunActive", "Another run took the fence at the same time", {
      cause: error,
    });
  }
  return { fence, wasAbandoned };
}

/** Lets the next run begin. A run that no longer has the fence changes nothing. */
export async function releaseFence(fence: number, { records }: Pick<Ports, "records">): Promise<void> {
  const stored = await LEASES.get(records, ID);
  if (stored?.value.fence !== fence || stored.value.isReleased) return;
  try {
    await LEASES.put(records, ID, { ...stored.value, isReleased: true }, { ifRevision: stored.revision });
  } catch (error) {
    // Another writer has taken it meanwhile.
    if (!isFlowError(error, "ConflictingOperation")) throw error;
  }
}

/**
 * Begins a slice of writes: an earlier invocation of the same state that still lives has to stop.
 * @throws {FlowError} RunOvertaken when the fence is not this run's any more
 */
export async function beginSlice(
  { fence, run }: { readonly fence: number; readonly run: RunIdentity },
  slice: string,
  { records }: Pick<Ports, "records">,
): Promise<void> {
  const stored = await LEASES.get(records, ID);
  if (!stored || !holds(stored.value, fence, run)) throw overtaken();
  await LEASES.put(records, ID, { ...stored.value, slice }, { ifRevision: stored.revision });
}

/** @throws {FlowError} RunOvertaken when another run, a redriven one, or a later invocation writes */
export async function checkSlice(
  { fence, run }: { readonly fence: number; readonly run: RunIdentity },
  slice: string,
  { records }: Pick<Ports, "records">,
): Promise<void> {
  const stored = await LEASES.get(records, ID);
  if (!stored || !holds(stored.value, fence, run) || stored.value.slice !== slice) throw overtaken();
}

function holds(lease: Lease, fence: number, { executionArn, redrives }: RunIdentity): boolean {
  const { run, isReleased } = lease;
  return (
    lease.fence === fence && !isReleased && run.executionArn === executionArn && run.redrives === redrives
  );
}

function overtaken(): FlowError<"RunOvertaken"> {
  return new FlowError("RunOvertaken", "Another run has started since this one planned");
}

async function refuseWhileRunning(
  { executionArn }: RunIdentity,
  executions: Executions["executions"],
): Promise<void> {
  if (!(await isRunning(executionArn, executions))) return;
  throw new FlowError("AnotherRunActive", `${executionArn} is still running`);
}
