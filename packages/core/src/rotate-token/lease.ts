import * as z from "zod";
import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { defineRecord } from "../records/define-record.ts";

interface Lease {
  /** ARN of the execution. */
  readonly holder: string;
  /** ISO time. */
  readonly since: string;
}

export const ROTATION_LEASES = defineRecord<Lease>({
  kind: "rotation-lease",
  version: 1,
  schema: z.object({ holder: z.string(), since: z.iso.datetime() }),
});

/** Answers about executions are eventually consistent (DescribeExecution): one that is not known yet has just started. */
const LAG_MILLISECONDS = 60_000;

type Needs = Pick<Ports, "records" | "clock" | "executions">;

interface LeaseClaim {
  /** Each flow has its own lock. */
  readonly flow: "rotate-token" | "rotate-certificate";
  readonly executionArn: string;
}

/**
 * One rotation at a time: takes the lock, or names the execution that holds it. The lock is valid exactly as long as that
 * execution runs, which may be weeks.
 * @throws {FlowError} ConflictingOperation when another one takes it at the same moment
 */
export async function takeLease(
  { flow, executionArn }: LeaseClaim,
  ports: Needs,
): Promise<{ heldBy: string | null }> {
  const { records, clock } = ports;
  const stored = await ROTATION_LEASES.get(records, flow);
  if (stored && stored.value.holder !== executionArn && (await isAlive(stored.value, ports)))
    return { heldBy: stored.value.holder };
  if (stored?.value.holder !== executionArn) {
    const lease: Lease = { holder: executionArn, since: new Date(clock.now()).toISOString() };
    await ROTATION_LEASES.put(records, flow, lease, { ifRevision: stored?.revision ?? 0 });
  }
  return { heldBy: null };
}

async function isAlive({ holder, since }: Lease, { executions, clock }: Needs): Promise<boolean> {
  try {
    const { status } = await executions.read(holder);
    return status === "RUNNING";
  } catch (error) {
    if (!isFlowError(error, "ExecutionNotFound")) throw error;
    return clock.now() < Date.parse(since) + LAG_MILLISECONDS;
  }
}
