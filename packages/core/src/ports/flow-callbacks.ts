/** How a wait ended. */
export interface EndOfWait {
  /** What the wait failed with, such as `States.Timeout`; null when it was answered with success. */
  readonly error: string | null;
}

/** Answers to waiting states (`SendTaskSuccess`, `SendTaskFailure`, `SendTaskHeartbeat`), and what became of them. */
export interface FlowCallbacks {
  /** @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  succeed(taskToken: string, output: unknown): Promise<void>;
  /** @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  fail(taskToken: string, errorName: string, cause: string): Promise<void>;
  /** The answer is still to come. @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  beat(taskToken: string): Promise<void>;
  /**
   * How the first wait ended that ended at this time or later (`GetExecutionHistory`); null when the history shows no end.
   * @param since milliseconds since the epoch
   */
  endOfWait(executionArn: string, since: number): Promise<EndOfWait | null>;
}
