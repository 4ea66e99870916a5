import { MAX_HISTORY_EVENTS } from "../interpreter/history.ts";
import type { ExecutionStatus } from "./api.ts";

const DAY_MILLISECONDS = 86_400_000;
/** [RedriveExecution] */
const REDRIVABLE_MILLISECONDS = 14 * DAY_MILLISECONDS;
/** [Step Functions: Service quotas] */
export const MAX_OPEN_MILLISECONDS = 365 * DAY_MILLISECONDS;

interface Candidate {
  readonly status: ExecutionStatus;
  readonly isDeleting: boolean;
  readonly historyEvents: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly stoppedAt: number;
}

/**
 * Why an execution cannot be redriven at a time, in the API's words; null if it can. [DescribeExecution: redriveStatusReason;
 * Redriving executions, "Redrive eligibility"]
 */
export function findRedriveObstacle(execution: Candidate, now: number): string | null {
  const { status } = execution;
  if (execution.isDeleting) return "State machine is in DELETING status";
  if (status === "RUNNING" || status === "SUCCEEDED") return `Execution is ${status} and cannot be redriven`;
  // The redrive itself is an event, and at least one more must fit.
  if (execution.historyEvents >= MAX_HISTORY_EVENTS - 1) return "Execution history event limit exceeded";
  if (now - execution.startedAt >= MAX_OPEN_MILLISECONDS)
    return "Execution has exceeded the max execution time";
  if (now - execution.stoppedAt > REDRIVABLE_MILLISECONDS) return "Execution redrivable period exceeded";
  return null;
}
