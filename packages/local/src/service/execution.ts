import type { Json, StateMachine } from "../definition/asl.ts";
import {
  HistoryBranch,
  type HistoryEvent,
  type HistoryEventDetails,
  type HistoryEventType,
} from "../interpreter/history.ts";
import type { Context, Runtime } from "../interpreter/scope.ts";
import { Aborted, StateError } from "../interpreter/state-error.ts";
import type { ExecutionDescription, ExecutionStatus } from "./api.ts";

interface ExecutionOptions {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  readonly machine: StateMachine;
  /** JSON text. */
  readonly input: string;
}

interface End {
  readonly status: Exclude<ExecutionStatus, "RUNNING">;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** One run of a state machine, from its start to whatever ends it. */
export class Execution {
  readonly events: HistoryEvent[] = [];
  readonly options: ExecutionOptions;
  readonly startDate: string;
  readonly ended: Promise<void>;
  #end: (End & { stopDate: string }) | null = null;
  readonly #settle: () => void;
  readonly #runtime: Runtime;
  readonly #history: HistoryBranch;
  readonly #controller = new AbortController();

  constructor(options: ExecutionOptions, runtime: Runtime) {
    this.options = options;
    this.#runtime = runtime;
    this.startDate = runtime.isoNow();
    this.#history = new HistoryBranch(this.events, runtime.isoNow, this.#controller.signal);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#settle = resolve;
  }

  get status(): ExecutionStatus {
    return this.#end?.status ?? "RUNNING";
  }

  /** Runs until the end, which is in `describe`; never rejects. */
  async run(): Promise<void> {
    const { machine, input, roleArn } = this.options;
    const timeout = machine.TimeoutSeconds;
    const cancelTimeout =
      timeout === undefined ? null : this.#runtime.alarms.set(timeout * 1000, () => this.#timeOut(timeout));
    this.#history.add("ExecutionStarted", { executionStartedEventDetails: { input, roleArn } });
    try {
      const output = await this.#runtime.runGraph(machine, JSON.parse(input) as Json, {
        runtime: this.#runtime,
        variables: {},
        context: this.#context(),
        history: this.#history,
        signal: this.#controller.signal,
      });
      this.#finish({ status: "SUCCEEDED", output: JSON.stringify(output) });
    } catch (error) {
      if (!(error instanceof Aborted)) this.#finish({ status: "FAILED", ...describeFailure(error) });
    } finally {
      cancelTimeout?.();
    }
  }

  /** Does nothing when the execution has ended. @returns when it ended, ISO 8601 */
  stop(error: string | undefined, cause: string | undefined): string {
    const given = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    this.#interrupt({ status: "ABORTED", ...given });
    return this.#end?.stopDate ?? this.#runtime.isoNow();
  }

  describe(): ExecutionDescription {
    const { arn, name, stateMachineArn, input } = this.options;
    const base = { executionArn: arn, stateMachineArn, name, startDate: this.startDate, input };
    return { ...base, ...(this.#end ?? { status: "RUNNING" }) };
  }

  #timeOut(seconds: number): void {
    this.#interrupt({
      status: "TIMED_OUT",
      error: "States.Timeout",
      cause: `The execution did not end within ${seconds} seconds.`,
    });
  }

  #interrupt(end: End): void {
    if (this.#end) return;
    // Running states note in the history that they were stopped, before the execution notes its end.
    this.#controller.abort(new Aborted(`The execution is ${end.status}.`));
    this.#finish(end);
  }

  #finish(end: End): void {
    if (this.#end) return;
    const { status, output, ...failure } = end;
    const [type, details] = EVENTS[status](failure, output ?? "null");
    this.#history.addEnd(type, details);
    this.#end = { ...end, stopDate: this.#runtime.isoNow() };
    this.#settle();
  }

  #context(): Context {
    const { arn, name, input, roleArn, stateMachineArn, machine } = this.options;
    return {
      Execution: {
        Id: arn,
        Input: JSON.parse(input) as Json,
        Name: name,
        RoleArn: roleArn,
        StartTime: this.startDate,
        RedriveCount: 0,
      },
      StateMachine: { Id: stateMachineArn, Name: machine.name },
    };
  }
}

type Failure = Pick<End, "error" | "cause">;

const EVENTS: Record<
  End["status"],
  (failure: Failure, output: string) => [HistoryEventType, HistoryEventDetails]
> = {
  SUCCEEDED: (_, output) => ["ExecutionSucceeded", { executionSucceededEventDetails: { output } }],
  FAILED: (failure) => ["ExecutionFailed", { executionFailedEventDetails: failure }],
  ABORTED: (failure) => ["ExecutionAborted", { executionAbortedEventDetails: failure }],
  TIMED_OUT: (failure) => ["ExecutionTimedOut", { executionTimedOutEventDetails: failure }],
};

/** What is no failure of a state is a failure of the runner, and is shown as one. */
function describeFailure(thrown: unknown): Failure {
  if (!(thrown instanceof StateError)) {
    return {
      error: "States.Runtime",
      cause: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    };
  }
  return thrown.details;
}
