/** How a wait ended. */
export interface EndOfWait {
  /** The wait's error, such as `States.Timeout`; null if it was answered with success. */
  readonly error: string | null;
}

/**
 * Answers waiting states (`SendTaskSuccess`, `SendTaskFailure`, `SendTaskHeartbeat`), and reads what happened to them.
 */
export interface FlowCallbacks {
  /** @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  succeed(taskToken: string, output: unknown): Promise<void>;
  /** @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  fail(taskToken: string, errorName: string, cause: string): Promise<void>;
  /** The answer is still to come. @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  beat(taskToken: string): Promise<void>;
  /**
   * How the first wait ended that ended at this time or later (`GetExecutionHistory`); null if the history shows no
   * end.
   * @param since milliseconds since the epoch
   */
  endOfWait(executionArn: string, since: number): Promise<EndOfWait | null>;
}
