import type { StateType } from "../definition/asl.ts";

/** The states that take time, so that another failure can cut them short. */
export type AbortedType = "Task" | "Wait" | "Parallel" | "Map";

/** The types of history events that this runner writes. [GetExecutionHistory: HistoryEvent] */
export type HistoryEventType =
  | "ExecutionStarted"
  | "ExecutionSucceeded"
  | "ExecutionFailed"
  | "ExecutionAborted"
  | "ExecutionTimedOut"
  | "ExecutionRedriven"
  | `${StateType}StateEntered`
  | `${Exclude<StateType, "Fail">}StateExited`
  | `${AbortedType}StateAborted`
  | `${"Parallel" | "Map"}State${"Started" | "Succeeded" | "Failed"}`
  | `MapIteration${"Started" | "Succeeded" | "Failed" | "Aborted"}`
  | `Task${"Scheduled" | "Started" | "Submitted" | "Succeeded" | "Failed" | "TimedOut"}`
  | "EvaluationFailed";

interface Failure {
  readonly error?: string;
  readonly cause?: string;
}
interface ResourceName {
  readonly resourceType: string;
  readonly resource: string;
}
interface Iteration {
  readonly name: string;
  readonly index: number;
}
/** This runner never shortens a payload: those that are too large fail the state. */
export interface Untruncated {
  readonly truncated: false;
}
interface Input {
  readonly input: string;
  readonly inputDetails: Untruncated;
}
interface Output {
  readonly output: string;
  readonly outputDetails: Untruncated;
}

/** Details by event type, with AWS's member names; input, output and parameters are JSON text. */
export interface HistoryEventDetails {
  readonly executionStartedEventDetails?: Input & { readonly roleArn: string };
  readonly executionSucceededEventDetails?: Output;
  readonly executionFailedEventDetails?: Failure;
  readonly executionAbortedEventDetails?: Failure;
  readonly executionTimedOutEventDetails?: Failure;
  readonly executionRedrivenEventDetails?: { readonly redriveCount: number };
  readonly stateEnteredEventDetails?: Input & { readonly name: string };
  readonly stateExitedEventDetails?: Output & {
    readonly name: string;
    /** JSON text by variable. */
    readonly assignedVariables?: Readonly<Record<string, string>>;
    readonly assignedVariablesDetails?: Untruncated;
  };
  readonly taskScheduledEventDetails?: ResourceName & {
    readonly region: string;
    readonly parameters: string;
    readonly timeoutInSeconds?: number;
    readonly heartbeatInSeconds?: number;
  };
  readonly taskStartedEventDetails?: ResourceName;
  readonly taskSubmittedEventDetails?: ResourceName & Output;
  readonly taskSucceededEventDetails?: ResourceName & Output;
  readonly taskFailedEventDetails?: ResourceName & Failure;
  readonly taskTimedOutEventDetails?: ResourceName & Failure;
  readonly mapStateStartedEventDetails?: { readonly length: number };
  readonly mapIterationStartedEventDetails?: Iteration;
  readonly mapIterationSucceededEventDetails?: Iteration;
  readonly mapIterationFailedEventDetails?: Iteration;
  readonly mapIterationAbortedEventDetails?: Iteration;
  readonly evaluationFailedEventDetails?: Failure & { readonly location: string; readonly state: string };
}

export interface HistoryEvent extends HistoryEventDetails {
  /** From 1, in order of happening. */
  readonly id: number;
  /** The event that caused this one; 0 if none did. */
  readonly previousEventId: number;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly type: HistoryEventType;
}

/** @param text JSON */
export function inputOf(text: string): Input {
  return { input: text, inputDetails: { truncated: false } };
}

/** @param text JSON */
export function outputOf(text: string): Output {
  return { output: text, outputDetails: { truncated: false } };
}
