import type { ExecutionDescription, StartExecutionRequest, StopExecutionRequest } from "../service/api.ts";

/** The part of the runner that a nested execution needs. */
export interface NestedExecutions {
  startExecution(request: StartExecutionRequest): {
    readonly executionArn: string;
    readonly startDate: string;
  };
  stopExecution(request: StopExecutionRequest): unknown;
  /** Resolves when the execution has ended, however it ended. */
  untilEnded(executionArn: string): Promise<ExecutionDescription>;
}
