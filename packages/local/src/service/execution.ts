import type { Json, StateMachine } from "../definition/asl.ts";
import { HistoryBranch } from "../interpreter/history.ts";
import { type HistoryEvent, inputOf } from "../interpreter/history-event.ts";
import { Progress } from "../interpreter/progress.ts";
import type { Context, Runtime } from "../interpreter/scope.ts";
import { Aborted } from "../interpreter/state-error.ts";
import type {
  ExecutionDescription,
  ExecutionStatus,
  ExecutionSummary,
  StateMachineForExecution,
} from "./api.ts";
import { describeFailure, type End, endEvent } from "./execution-end.ts";
import { findRedriveObstacle, MAX_OPEN_MILLISECONDS } from "./redrive-eligibility.ts";
import { RedriveTokens } from "./redrive-tokens.ts";
import { ServiceError } from "./service-error.ts";

export interface ExecutionOptions {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly roleArn: string;
  /** As it was when the execution started: an update applies to later ones. */
  readonly machine: StateMachine;
  readonly updateDate: string;
  readonly revisionId: string | null;
  /** JSON text. */
  readonly input: string;
  /** Called when the execution has ended, each time that it does. */
  readonly onEnd: (execution: Execution) => void;
}

/** What runs between a start, or a redrive, and an end. */
interface Attempt {
  readonly controller: AbortController;
  readonly history: HistoryBranch;
  readonly ended: PromiseWithResolvers<void>;
}

const TIMED_OUT: End = { status: "TIMED_OUT", failure: { error: "States.Timeout" } };

/** One execution of a state machine, with its redrives. */
export class Execution {
  readonly events: HistoryEvent[] = [];
  readonly options: ExecutionOptions;
  readonly startDate: string;
  readonly #runtime: Runtime;
  readonly #redriveTokens = new RedriveTokens();
  #progress: Progress | null = new Progress();
  #attempt: Attempt;
  #end: (End & { readonly stopDate: string }) | null = null;
  #redrives: { readonly count: number; readonly date?: string } = { count: 0 };
  #isDeleting = false;

  constructor(options: ExecutionOptions, runtime: Runtime) {
    this.options = options;
    this.#runtime = runtime;
    this.startDate = runtime.isoNow();
    this.#attempt = this.#makeAttempt();
  }

  get status(): ExecutionStatus {
    return this.#end?.status ?? "RUNNING";
  }

  get stopDate(): string | undefined {
    return this.#end?.stopDate;
  }

  get redriveCount(): number {
    return this.#redrives.count;
  }

  /** Resolves when what runs now has ended. */
  get ended(): Promise<void> {
    return this.#attempt.ended.promise;
  }

  start(): void {
    const { input, roleArn } = this.options;
    this.#attempt.history.addEnd("ExecutionStarted", {
      executionStartedEventDetails: { ...inputOf(input), roleArn },
    });
    void this.#run();
  }

  /**
   * Continues from the states that have not succeeded.
   * @returns when it was redriven, ISO 8601
   * @throws {ServiceError} ExecutionNotRedrivable
   */
  redrive(clientToken: string | undefined): string {
    const now = this.#runtime.now();
    const answered = this.#redriveTokens.find(clientToken, now);
    if (answered !== null) return answered;
    const obstacle = this.#redriveObstacle();
    if (obstacle !== null)
      throw new ServiceError("ExecutionNotRedrivable", `${this.options.arn}: ${obstacle}.`);
    const date = this.#runtime.isoNow();
    const previousEventId = this.events.length;
    this.#redrives = { count: this.#redrives.count + 1, date };
    this.#redriveTokens.remember(clientToken, date, now);
    this.#end = null;
    this.#attempt = this.#makeAttempt();
    const details = { executionRedrivenEventDetails: { redriveCount: this.#redrives.count } };
    this.#attempt.history.addEnd("ExecutionRedriven", details, previousEventId);
    void this.#run();
    return date;
  }

  /** Does nothing when the execution has ended. @returns when it ended, ISO 8601 */
  stop(error: string | undefined, cause: string | undefined): string {
    const given = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    this.#interrupt(this.#attempt, { status: "ABORTED", failure: given });
    return this.#end?.stopDate ?? this.#runtime.isoNow();
  }

  /** The state machine is being deleted: the next transition ends the execution. [DeleteStateMachine] */
  endAtNextTransition(): void {
    this.#isDeleting = true;
  }

  summarize(): ExecutionSummary {
    const { arn, name, stateMachineArn } = this.options;
    return {
      executionArn: arn,
      stateMachineArn,
      name,
      status: this.status,
      startDate: this.startDate,
      ...(this.#end ? { stopDate: this.#end.stopDate } : {}),
      redriveCount: this.#redrives.count,
      ...(this.#redrives.date === undefined ? {} : { redriveDate: this.#redrives.date }),
    };
  }

  describe(): ExecutionDescription {
    const { status, output, failure } = this.#end ?? {};
    const obstacle = this.#redriveObstacle();
    return {
      ...this.summarize(),
      input: this.options.input,
      inputDetails: { included: true },
      ...(output === undefined ? {} : { output, outputDetails: { included: true } }),
      // An execution that has timed out names its error in the history only.
      ...(status === "TIMED_OUT" ? {} : failure),
      ...(obstacle === null
        ? { redriveStatus: "REDRIVABLE" }
        : { redriveStatus: "NOT_REDRIVABLE", redriveStatusReason: obstacle }),
    };
  }

  describeStateMachine(): StateMachineForExecution {
    const { stateMachineArn, machine, roleArn, updateDate, revisionId } = this.options;
    const { name, definition } = machine;
    const revision = revisionId === null ? {} : { revisionId };
    return { stateMachineArn, name, definition, roleArn, updateDate, ...revision };
  }

  /** Runs until the end, which is in `describe`; never rejects. */
  async #run(): Promise<void> {
    const { machine, input } = this.options;
    const attempt = this.#attempt;
    const timeout = machine.TimeoutSeconds;
    const cancelTimeout =
      timeout === undefined
        ? null
        : this.#runtime.alarms.set(timeout * 1000, () => this.#interrupt(attempt, TIMED_OUT));
    try {
      const output = await this.#runtime.runGraph(machine, JSON.parse(input) as Json, {
        runtime: this.#runtime,
        progress: (this.#progress ??= new Progress()),
        context: this.#context(),
        history: attempt.history,
        signal: attempt.controller.signal,
        isInner: false,
        beforeTransition: () => this.#beforeTransition(attempt),
      });
      this.#finish(attempt, { status: "SUCCEEDED", output: JSON.stringify(output) });
    } catch (error) {
      if (!(error instanceof Aborted))
        this.#finish(attempt, { status: "FAILED", failure: describeFailure(error) });
    } finally {
      cancelTimeout?.();
    }
  }

  #beforeTransition(attempt: Attempt): void {
    if (this.#isDeleting) this.#interrupt(attempt, { status: "ABORTED" });
    // No alarm for this one: a clock that jumps would jump a year whenever a function does real work.
    const age = this.#runtime.now() - Date.parse(this.startDate);
    if (age >= MAX_OPEN_MILLISECONDS) this.#interrupt(attempt, TIMED_OUT);
    attempt.controller.signal.throwIfAborted();
  }

  #interrupt(attempt: Attempt, end: End): void {
    this.#finish(attempt, end);
    attempt.controller.abort(new Aborted(`The execution is ${end.status}.`));
  }

  #finish(attempt: Attempt, end: End): void {
    if (this.#end || attempt !== this.#attempt) return;
    const { type, details } = endEvent(end);
    // Nothing in the execution caused an end from outside.
    const isCut = end.status === "ABORTED" || end.status === "TIMED_OUT";
    attempt.history.addEnd(type, details, isCut ? 0 : attempt.history.last);
    this.#end = { ...end, stopDate: this.#runtime.isoNow() };
    if (end.status === "SUCCEEDED") this.#progress = null;
    this.options.onEnd(this);
    attempt.ended.resolve();
  }

  #makeAttempt(): Attempt {
    const controller = new AbortController();
    const history = new HistoryBranch(this.events, this.#runtime.isoNow, controller.signal);
    return { controller, history, ended: Promise.withResolvers() };
  }

  #redriveObstacle(): string | null {
    const candidate = {
      status: this.status,
      isDeleting: this.#isDeleting,
      historyEvents: this.events.length,
      startedAt: Date.parse(this.startDate),
      stoppedAt: Date.parse(this.#end?.stopDate ?? this.startDate),
    };
    return findRedriveObstacle(candidate, this.#runtime.now());
  }

  #context(): Context {
    const { arn, name, input, roleArn, stateMachineArn, machine } = this.options;
    const { count, date } = this.#redrives;
    return {
      Execution: {
        Id: arn,
        Input: JSON.parse(input) as Json,
        Name: name,
        RoleArn: roleArn,
        StartTime: this.startDate,
        RedriveCount: count,
        ...(date === undefined ? {} : { RedriveTime: date }),
      },
      StateMachine: { Id: stateMachineArn, Name: machine.name },
    };
  }
}
