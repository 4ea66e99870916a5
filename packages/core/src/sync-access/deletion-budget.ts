import type { ApplyOutcome } from "../apply/outcome.ts";
import { isFlowError } from "../errors.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";

const DAY_MILLISECONDS = 24 * 3_600_000;
const ID = "budget";
/** Each loses only to another run that wrote: so many at the same moment there never are. */
const ATTEMPTS = 10;

interface Deletions {
  /** Milliseconds since the epoch of the latest of them. */
  readonly at: number;
  readonly count: number;
}

/** Record `deletions/budget`: one record, so that runs at the same time see each other. */
interface Budget {
  /** What runs under way may delete, by the hash of their plan: planned again, it is the same deletions. */
  readonly reserved: Readonly<Record<string, Deletions>>;
  /** What runs have deleted, by the key of their plan. */
  readonly done: Readonly<Record<string, Deletions>>;
}

type Needs = Pick<Ports, "records" | "clock">;

/** Deletions of the last 24 hours and those of runs under way, less what the plan of that hash has reserved itself. */
export async function recentDeletions(ports: Needs, exceptHash?: string): Promise<number> {
  return sumOf((await read(ports)).budget, exceptHash);
}

/**
 * Before the first write: counted as done, so that neither a crash nor another run lets them be spent again.
 * @param isWithin told how many others have deleted or reserved; says whether these may come on top
 * @returns whether they were reserved
 * @throws {FlowError} ConflictingOperation when others write all the time
 */
export async function reserveDeletions(
  { hash, count }: { readonly hash: string; readonly count: number },
  isWithin: (others: number) => boolean,
  ports: Needs,
): Promise<boolean> {
  return change(ports, (budget, now) => {
    if (!isWithin(sumOf(budget, hash))) return null;
    return { ...budget, reserved: { ...budget.reserved, [hash]: { at: now, count } } };
  });
}

/** After the last write: what the run has really deleted. A run without deletions writes nothing. */
export async function settleDeletions(
  planKey: string,
  plan: Pick<Plan, "permissionSets" | "assignments" | "counts">,
  { deleted, ...ports }: Needs & Pick<ApplyOutcome, "deleted">,
): Promise<void> {
  if (plan.counts.deletes === 0) return;
  const settled = planHash(plan);
  await change(ports, ({ reserved, done }, now) => ({
    reserved: Object.fromEntries(Object.entries(reserved).filter(([hash]) => hash !== settled)),
    done: deleted === 0 ? done : { ...done, [planKey]: { at: now, count: deleted } },
  }));
}

/** Reads, changes and writes until nobody has written in between. @returns whether there was something to change */
async function change(ports: Needs, next: (budget: Budget, now: number) => Budget | null): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const { budget, revision, now } = await read(ports);
    const changed = next(budget, now);
    if (changed === null) return false;
    try {
      const expiresAt = now + DAY_MILLISECONDS;
      await ports.records.put("deletions", ID, changed, { ifRevision: revision, expiresAt });
      return true;
    } catch (error) {
      if (!isFlowError(error, "ConflictingOperation") || attempt === ATTEMPTS) throw error;
    }
  }
}

async function read({ records, clock }: Needs): Promise<{ budget: Budget; revision: number; now: number }> {
  const now = clock.now();
  const stored = await records.get<Budget>("deletions", ID);
  const recent = (all: Budget["done"] = {}) =>
    Object.fromEntries(Object.entries(all).filter(([, { at }]) => at > now - DAY_MILLISECONDS));
  const budget = { reserved: recent(stored?.value.reserved), done: recent(stored?.value.done) };
  return { budget, revision: stored?.revision ?? 0, now };
}

function sumOf(budget: Budget, exceptHash = ""): number {
  const { [exceptHash]: _, ...reserved } = budget.reserved;
  return [...Object.values(reserved), ...Object.values(budget.done)].reduce(
    (sum, { count }) => sum + count,
    0,
  );
}
