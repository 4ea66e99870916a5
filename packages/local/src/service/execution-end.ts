import { type HistoryEventDetails, type HistoryEventType, outputOf } from "../interpreter/history-event.ts";
import { StateError } from "../interpreter/state-error.ts";
import type { ExecutionStatus } from "./api.ts";

export interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

/** How an execution ended; output is JSON text. */
export interface End {
  readonly status: Exclude<ExecutionStatus, "RUNNING">;
  readonly output?: string;
  readonly failure?: Failure;
}

/** The last event of an execution's history. */
export function endEvent({ status, output = "null", failure = {} }: End): {
  type: HistoryEventType;
  details: HistoryEventDetails;
} {
  switch (status) {
    case "SUCCEEDED":
      return { type: "ExecutionSucceeded", details: { executionSucceededEventDetails: outputOf(output) } };
    case "FAILED":
      return { type: "ExecutionFailed", details: { executionFailedEventDetails: failure } };
    case "ABORTED":
      return { type: "ExecutionAborted", details: { executionAbortedEventDetails: failure } };
    case "TIMED_OUT":
      return { type: "ExecutionTimedOut", details: { executionTimedOutEventDetails: failure } };
  }
}

/** Any failure other than a state's is one of the runner, and is shown as such. */
export function describeFailure(thrown: unknown): Failure {
  if (thrown instanceof StateError) return thrown.details;
  const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return new StateError("States.Runtime", cause).details;
}
