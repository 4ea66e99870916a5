import { FlowError } from "../errors.ts";
import type { AssignmentChange } from "../plan/plan.ts";

/** The outcome of a plan's assignments, over all invocations. */
export interface ApplyOutcome {
  readonly created: number;
  readonly deleted: number;
  /** Already done when it was their turn. */
  readonly skipped: number;
  readonly failed: readonly { readonly change: AssignmentChange; readonly reason: string }[];
  /** How many are not done yet: invoke again. */
  readonly remaining: number;
}

/** The number of changes in each state. */
export interface ApplyCounts {
  readonly created: number;
  readonly deleted: number;
  readonly skipped: number;
  readonly failed: number;
  readonly open: number;
}

/**
 * Checks that nothing was lost: every change of the plan is applied, skipped, failed or still in progress.
 * @throws {FlowError} Unexpected
 */
export function checkConservation(counts: ApplyCounts, total: number, inHand: number): void {
  const settled = counts.created + counts.deleted + counts.skipped + counts.failed;
  if (settled + inHand === total && counts.open === inHand) return;
  throw new FlowError(
    "Unexpected",
    `Of ${total} changes ${settled} are settled, ${counts.open} open and ${inHand} in progress: some were lost`,
  );
}
