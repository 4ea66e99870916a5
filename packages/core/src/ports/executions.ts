/** Statuses are those of Step Functions (DescribeExecution). */
export type ExecutionStatus =
  | "RUNNING"
  | "SUCCEEDED"
  | "FAILED"
  | "TIMED_OUT"
  | "ABORTED"
  | "PENDING_REDRIVE";

export interface Execution {
  readonly arn: string;
  readonly flow: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  /** ISO times. */
  readonly startedAt: string;
  readonly endedAt: string | null;
}

/** One event of an execution's history, as far as a follower needs it. */
export interface ExecutionMoment {
  /** ISO time. */
  readonly at: string;
  readonly what: "entered" | "left" | "started";
  /** Name of the state; of `started`: the ARN of the execution of another flow that was started. */
  readonly subject: string;
}

export interface ExecutionDetail extends Execution {
  readonly history: readonly ExecutionMoment[];
  /** The flow's output; null before its end, and if it failed. */
  readonly output: unknown;
  readonly error: string | null;
  readonly cause: string | null;
}

/** The flows of the deployment: start them and read their state. */
export interface Executions {
  /**
   * Answers with the ARN. The same name and input again, while it runs, is the same execution (StartExecution).
   * @throws {FlowError} FlowNotFound, ExecutionConflict when the name was used with another input or has ended
   */
  start(flow: string, input: object, name?: string): Promise<string>;
  /** The newest hundred, newest first. @throws {FlowError} FlowNotFound */
  list(flow: string): Promise<Execution[]>;
  /** Without its history. @throws {FlowError} ExecutionNotFound */
  status(arn: string): Promise<ExecutionStatus>;
  /** @throws {FlowError} ExecutionNotFound */
  read(arn: string): Promise<ExecutionDetail>;
  /**
   * Ends it at once. A function that it has invoked continues: one that writes notices at its next proof (write-proof.ts).
   * @throws {FlowError} ExecutionNotFound
   */
  stop(arn: string, cause: string): Promise<void>;
}
