import * as z from "zod";
import { isFlowError } from "../errors.ts";
import type { AssignmentChange, Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import { readPlanProgress, unlessPlanned } from "./plan-progress.ts";
import { PLAN_LIFE_MILLISECONDS } from "./write-proof.ts";
import { defineRecord } from "../records/define-record.ts";

const DAY_MILLISECONDS = 24 * 3_600_000;
const ID = "budget";
/** Each loses only to another run's write: there are never this many at the same time. */
const ATTEMPTS = 10;

interface Deletions {
  /** Milliseconds since the epoch of the latest of them. */
  readonly at: number;
  readonly count: number;
}

interface Reservation extends Deletions {
  readonly planKey: string;
}

/** Record `deletions/budget`: one record, so that runs at the same time see each other. */
interface Budget {
  /** What runs may still delete, by execution: a run that plans again does not delete the same twice. */
  readonly reserved: Readonly<Record<string, Reservation>>;
  /** What runs have deleted, by the key of their plan. */
  readonly done: Readonly<Record<string, Deletions>>;
}

const Counted = z.object({ at: z.number(), count: z.int().nonnegative() });

export const BUDGETS = defineRecord<Budget>({
  kind: "deletions",
  version: 1,
  schema: z.object({
    reserved: z.record(z.string(), Counted.extend({ planKey: z.string() })),
    done: z.record(z.string(), Counted),
  }),
});

type Needs = Pick<Ports, "records" | "clock">;

/** Deletions of the last 24 hours and those that runs may still make, without this run's own reservation. */
export async function recentDeletions(ports: Needs, exceptExecution?: string): Promise<number> {
  return sumOf((await read(ports)).budget, exceptExecution);
}

/**
 * Called before the first write: the deletions count as done, so that neither a crash nor another run can spend them again.
 * @param isWithin told how many others have deleted or reserved; says whether these may come on top
 * @returns whether they were reserved
 * @throws {FlowError} ConflictingOperation when others write all the time
 */
export async function reserveDeletions(
  { executionArn, planKey, count }: { executionArn: string; planKey: string; count: number },
  isWithin: (others: number) => boolean,
  ports: Needs,
): Promise<boolean> {
  return change(ports, (budget, now) => {
    if (!isWithin(sumOf(budget, executionArn))) return null;
    return { ...budget, reserved: { ...budget.reserved, [executionArn]: { at: now, planKey, count } } };
  });
}

/**
 * Replaces the reservation with the actual deletions, as far as they are certain. Only a run that has the fence may do it:
 * then no other run deletes anything.
 * @param own the run, with the plan that it has now: an earlier plan of its own is over
 */
export async function settleDeletions(
  own: { readonly executionArn: string; readonly planKey: string; readonly plan: Pick<Plan, "assignments"> },
  ports: Needs & Pick<Ports, "objects">,
): Promise<void> {
  const { reserved } = (await read(ports)).budget;
  for (const [executionArn, { planKey }] of Object.entries(reserved)) {
    if (planKey === own.planKey) continue;
    const next = executionArn === own.executionArn ? own.plan : null;
    const { made, unsure } = await readPlanProgress(planKey, ports);
    // The outcome of a killed run is unknown: its reservation expires.
    if (next === null && unsure.length > 0) continue;
    const may = next === null ? [] : unlessPlanned(unsure, next);
    await settle(executionArn, planKey, countDeletes([...made, ...may]), ports);
  }
}

/** After the last write of a plan. A plan without deletions has reserved nothing. */
export async function finishDeletions(
  { executionArn, planKey, plan }: { executionArn: string; planKey: string; plan: Pick<Plan, "counts"> },
  ports: Needs & Pick<Ports, "objects">,
): Promise<void> {
  if (plan.counts.deletes === 0) return;
  const { made } = await readPlanProgress(planKey, ports);
  await settle(executionArn, planKey, countDeletes(made), ports);
}

async function settle(executionArn: string, planKey: string, count: number, ports: Needs): Promise<void> {
  await change(ports, ({ reserved, done }, now) => ({
    reserved: Object.fromEntries(
      Object.entries(reserved).filter(([arn, one]) => arn !== executionArn || one.planKey !== planKey),
    ),
    done: count === 0 ? done : { ...done, [planKey]: { at: now, count } },
  }));
}

function countDeletes(changes: readonly AssignmentChange[]): number {
  return changes.filter(({ action }) => action === "delete").length;
}

/** Reads, changes and writes, and retries after a concurrent write. @returns whether there was something to change */
async function change(ports: Needs, next: (budget: Budget, now: number) => Budget | null): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const { budget, revision, now } = await read(ports);
    const changed = next(budget, now);
    if (changed === null) return false;
    try {
      const expiresAt = now + DAY_MILLISECONDS + PLAN_LIFE_MILLISECONDS;
      await BUDGETS.put(ports.records, ID, changed, { ifRevision: revision, expiresAt });
      return true;
    } catch (error) {
      if (!isFlowError(error, "ConflictingOperation") || attempt === ATTEMPTS) throw error;
    }
  }
}

async function read({ records, clock }: Needs): Promise<{ budget: Budget; revision: number; now: number }> {
  const now = clock.now();
  const stored = await BUDGETS.get(records, ID);
  const { reserved = {}, done = {} } = stored?.value ?? {};
  // A reservation is valid as long as its plan, and counts for a day after that.
  const budget = {
    reserved: youngerThan(DAY_MILLISECONDS + PLAN_LIFE_MILLISECONDS, reserved, now),
    done: youngerThan(DAY_MILLISECONDS, done, now),
  };
  return { budget, revision: stored?.revision ?? 0, now };
}

function youngerThan<T extends Deletions>(age: number, all: Readonly<Record<string, T>>, now: number) {
  return Object.fromEntries(Object.entries(all).filter(([, { at }]) => at > now - age));
}

function sumOf(budget: Budget, exceptExecution = ""): number {
  const { [exceptExecution]: _, ...reserved } = budget.reserved;
  return [...Object.values(reserved), ...Object.values(budget.done)].reduce(
    (sum, { count }) => sum + count,
    0,
  );
}
