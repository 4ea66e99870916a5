import { FlowError } from "../errors.ts";
import type { AssignmentChange } from "../plan/plan.ts";

/** What became of the assignments of a plan, over all invocations. */
export interface ApplyOutcome {
  readonly created: number;
  readonly deleted: number;
  /** Were so already when their turn came. */
  readonly skipped: number;
  readonly failed: readonly { readonly change: AssignmentChange; readonly reason: string }[];
  /** Not done yet: invoke again. */
  readonly remaining: number;
}

/** How many changes are where. */
export interface ApplyCounts {
  readonly created: number;
  readonly deleted: number;
  readonly skipped: number;
  readonly failed: number;
  readonly open: number;
}

/**
 * Nothing may be lost on the way: every change of the plan is applied, skipped, failed or still in somebody's hands.
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
