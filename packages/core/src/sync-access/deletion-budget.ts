import type { ApplyOutcome } from "../apply/outcome.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";

const DAY_MILLISECONDS = 24 * 3_600_000;

/** Record `deletions/<plan>`: how many assignments a run deletes or has deleted. */
interface Deletions {
  /** Milliseconds since the epoch of the latest of them. */
  readonly at: number;
  readonly count: number;
}

type Needs = Pick<Ports, "records" | "clock">;

/** Deletions of the last 24 hours, those of runs under way included. */
export async function recentDeletions({ records, clock }: Needs): Promise<number> {
  const after = clock.now() - DAY_MILLISECONDS;
  const runs = await records.list<Deletions>("deletions");
  return runs.reduce((sum, { value: { at, count } }) => sum + (at > after ? count : 0), 0);
}

/** Before the first write: counted as done, so that a crash never lets the next run spend them again. */
export async function reserveDeletions(
  planKey: string,
  { counts }: Pick<Plan, "counts">,
  ports: Needs,
): Promise<void> {
  if (counts.deletes > 0) await keep(planKey, counts.deletes, ports);
}

/** After the last write: what the run has really deleted. */
export async function settleDeletions(
  planKey: string,
  { deleted }: Pick<ApplyOutcome, "deleted">,
  ports: Needs,
): Promise<void> {
  if (deleted > 0) await keep(planKey, deleted, ports);
  else await ports.records.remove("deletions", planKey);
}

async function keep(planKey: string, count: number, { records, clock }: Needs): Promise<void> {
  const deletions: Deletions = { at: clock.now(), count };
  await records.put("deletions", planKey, deletions, { expiresAt: deletions.at + DAY_MILLISECONDS });
}
