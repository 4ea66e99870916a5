import * as z from "zod";
import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { defineRecord } from "../records/define-record.ts";

/**
 * Record `run-start/<execution ARN>`: who started an execution. Starting is idempotent (StartExecution), so that several may
 * have started the same one.
 */
export interface RunStart {
  /** Identities of callers: ARNs, or object ids of Entra. */
  readonly people: readonly string[];
  /** Schedules, rules and functions of the deployment. */
  readonly machines: readonly string[];
}

export const RUN_STARTS = defineRecord<RunStart>({
  kind: "run-start",
  version: 1,
  schema: z.object({ people: z.array(z.string()).readonly(), machines: z.array(z.string()).readonly() }),
});

/** Longer than a run can wait for its approval and be inspected afterwards; Step Functions keeps executions as long. */
const KEPT_MILLISECONDS = 104 * 24 * 3_600_000;
/** Each loses only to another that started the same execution at the same time. */
const ATTEMPTS = 5;

type Needs = Pick<Ports, "records" | "clock">;

/**
 * Adds to what is known about a start. Writes nothing if it is already known.
 * @throws {FlowError} ConflictingOperation when others write the same record all the time
 */
export async function recordRunStart(
  executionArn: string,
  { people = [], machines = [] }: Partial<RunStart>,
  { records, clock }: Needs,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const stored = await RUN_STARTS.get(records, executionArn);
    const start = {
      people: union(stored?.value.people, people),
      machines: union(stored?.value.machines, machines),
    };
    if (stored && isAsLong(start, stored.value)) return;
    try {
      const expiresAt = clock.now() + KEPT_MILLISECONDS;
      await RUN_STARTS.put(records, executionArn, start, { ifRevision: stored?.revision ?? 0, expiresAt });
      return;
    } catch (error) {
      if (!isFlowError(error, "ConflictingOperation") || attempt === ATTEMPTS) throw error;
    }
  }
}

/** Null if nobody recorded who started it. */
export async function readRunStart(
  executionArn: string,
  { records }: Pick<Ports, "records">,
): Promise<RunStart | null> {
  return (await RUN_STARTS.get(records, executionArn))?.value ?? null;
}

/**
 * Starts a flow, and records who started it before anything else learns of it.
 * @returns the ARN of the execution
 * @throws {FlowError} FlowNotFound, ExecutionConflict
 */
export async function startRun(
  {
    flow,
    input,
    name,
  }: { readonly flow: string; readonly input: object; readonly name?: string | undefined },
  by: Partial<RunStart>,
  { executions, ...ports }: Needs & { readonly executions: Pick<Ports["executions"], "start"> },
): Promise<string> {
  const executionArn = await executions.start(flow, input, name);
  await recordRunStart(executionArn, by, ports);
  return executionArn;
}

function union(known: readonly string[] = [], more: readonly string[]): readonly string[] {
  return [...new Set([...known, ...more])];
}

function isAsLong(one: RunStart, other: RunStart): boolean {
  return one.people.length === other.people.length && one.machines.length === other.machines.length;
}
