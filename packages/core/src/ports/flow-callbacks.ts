/** Answers to waiting states (`SendTaskSuccess`, `SendTaskFailure`, `SendTaskHeartbeat`). */
export interface FlowCallbacks {
  /** @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  succeed(taskToken: string, output: unknown): Promise<void>;
  /** @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  fail(taskToken: string, errorName: string, cause: string): Promise<void>;
  /** The answer is still to come. @throws {FlowError} TaskNotFound when the state no longer waits for this token */
  beat(taskToken: string): Promise<void>;
}
