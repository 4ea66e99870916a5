import type { StateType } from "../definition/asl.ts";

type Aborting = "Task" | "Wait" | "Parallel" | "Map";

/** The types of history events that this runner writes. [GetExecutionHistory: HistoryEvent] */
export type HistoryEventType =
  | "ExecutionStarted"
  | "ExecutionSucceeded"
  | "ExecutionFailed"
  | "ExecutionAborted"
  | "ExecutionTimedOut"
  | `${StateType}StateEntered`
  | `${Exclude<StateType, "Fail">}StateExited`
  | `${Aborting}StateAborted`
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

/** Details by event type, with AWS's member names; input, output and parameters are JSON text. */
export interface HistoryEventDetails {
  readonly executionStartedEventDetails?: { readonly input: string; readonly roleArn: string };
  readonly executionSucceededEventDetails?: { readonly output: string };
  readonly executionFailedEventDetails?: Failure;
  readonly executionAbortedEventDetails?: Failure;
  readonly executionTimedOutEventDetails?: Failure;
  readonly stateEnteredEventDetails?: { readonly name: string; readonly input: string };
  readonly stateExitedEventDetails?: {
    readonly name: string;
    readonly output: string;
    readonly assignedVariables?: Readonly<Record<string, string>>;
  };
  readonly taskScheduledEventDetails?: ResourceName & {
    readonly region: string;
    readonly parameters: string;
    readonly timeoutInSeconds?: number;
    readonly heartbeatInSeconds?: number;
  };
  readonly taskStartedEventDetails?: ResourceName;
  readonly taskSubmittedEventDetails?: ResourceName & { readonly output: string };
  readonly taskSucceededEventDetails?: ResourceName & { readonly output: string };
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
  /** The event that led to this one; 0 when none did. */
  readonly previousEventId: number;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly type: HistoryEventType;
}

/** AWS ends an execution whose history is full. [Step Functions: Service quotas] */
export const MAX_HISTORY_EVENTS = 25_000;

/** One line of events: the execution's own, or that of a branch or an iteration. */
export class HistoryBranch {
  readonly #events: HistoryEvent[];
  readonly #isoNow: () => string;
  readonly #signal: AbortSignal;
  #last = 0;

  /**
   * @param isoNow the time, ISO 8601
   * @param signal aborts when what happens on this line is stopped
   */
  constructor(events: HistoryEvent[], isoNow: () => string, signal: AbortSignal) {
    this.#events = events;
    this.#isoNow = isoNow;
    this.#signal = signal;
  }

  /** Number of events of the whole execution. */
  get size(): number {
    return this.#events.length;
  }

  /**
   * Notes a step. A line that was stopped takes no more steps: who tries is told, and ends there.
   * @throws the signal's reason when the line was stopped
   */
  add(type: HistoryEventType, details: HistoryEventDetails = {}): void {
    this.#signal.throwIfAborted();
    this.addEnd(type, details);
  }

  /** Notes that something was stopped, or that the execution has ended. */
  addEnd(type: HistoryEventType, details: HistoryEventDetails = {}): void {
    const id = this.#events.length + 1;
    this.#events.push({ id, previousEventId: this.#last, timestamp: this.#isoNow(), type, ...details });
    // AWS gives the first state no previous event either.
    this.#last = type === "ExecutionStarted" ? 0 : id;
  }

  /** A line of its own that starts here. */
  fork(signal: AbortSignal): HistoryBranch {
    const branch = new HistoryBranch(this.#events, this.#isoNow, signal);
    branch.#last = this.#last;
    return branch;
  }

  /** Goes on from where the other line has come to. */
  follow(other: HistoryBranch): void {
    this.#last = other.#last;
  }
}
