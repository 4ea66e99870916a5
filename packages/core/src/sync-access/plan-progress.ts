import { Checkpoint } from "../apply/checkpoint.ts";
import type { ApplyOutcome } from "../apply/outcome.ts";
import { assignmentKey } from "../model/assignment-key.ts";
import type { AssignmentChange, Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import { readSnapshot } from "./snapshot.ts";

/** The progress of a plan whose application has ended or was cut short. */
interface PlanProgress {
  readonly plan: Plan;
  readonly outcome: ApplyOutcome;
  /** Changes that are made, by whatever run. */
  readonly made: readonly AssignmentChange[];
  /** Changes that may have been made: the worker died, so it is unknown. */
  readonly unsure: readonly AssignmentChange[];
}

type Needs = Pick<Ports, "objects" | "records" | "clock">;

export async function readPlanProgress(planKey: string, ports: Needs): Promise<PlanProgress> {
  const plan = await readSnapshot<Plan>(planKey, ports);
  const checkpoint = await Checkpoint.read(planKey, plan, ports);
  if (checkpoint === null) {
    const outcome = { created: 0, deleted: 0, skipped: 0, failed: [], remaining: plan.assignments.length };
    return { plan, outcome, made: [], unsure: [] };
  }
  return {
    plan,
    outcome: checkpoint.outcome(),
    made: checkpoint.changesThatAre("created", "deleted", "skipped"),
    unsure: checkpoint.isClosed ? [] : checkpoint.changesThatAre("open"),
  };
}

/**
 * The result of a run over all its plans. A change that a later plan repeats counts as it ended there. It does not include a
 * killed worker's last seconds.
 * @param planKeys of the plans whose application began, in their order
 */
export async function sumUp(
  planKeys: readonly string[],
  ports: Needs,
): Promise<Pick<ApplyOutcome, "created" | "deleted" | "failed">> {
  const all = await Promise.all(planKeys.map((key) => readPlanProgress(key, ports)));
  const outcomes = all.map(({ outcome }) => outcome);
  return {
    created: outcomes.reduce((sum, { created }) => sum + created, 0),
    deleted: outcomes.reduce((sum, { deleted }) => sum + deleted, 0),
    failed: all.flatMap(({ outcome }, position) => {
      const later = new Set(all.slice(position + 1).flatMap(({ plan }) => plan.assignments.map(identityOf)));
      return outcome.failed.filter(({ change }) => !later.has(identityOf(change)));
    }),
  };
}

/**
 * What earlier plans of a run have changed, or may have changed. A change that the next plan, made from new reads, repeats
 * was not made.
 * @param planKeys of the earlier plans
 */
export async function earlierChanges(
  planKeys: readonly string[],
  next: Pick<Plan, "assignments">,
  ports: Needs,
): Promise<AssignmentChange[]> {
  const all = await Promise.all(planKeys.map((key) => readPlanProgress(key, ports)));
  return all.flatMap((progress) => [...progress.made, ...unlessPlanned(progress.unsure, next)]);
}

export function unlessPlanned(
  unsure: readonly AssignmentChange[],
  { assignments }: Pick<Plan, "assignments">,
): AssignmentChange[] {
  const planned = new Set(assignments.map(identityOf));
  return unsure.filter((change) => !planned.has(identityOf(change)));
}

/** Equal in two plans that do the same. */
function identityOf(change: AssignmentChange): string {
  return `${change.action} ${assignmentKey(change)}`;
}
