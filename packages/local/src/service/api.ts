import type { HistoryEvent } from "../interpreter/history.ts";

/** Requests and answers have the member names of AWS; payloads are JSON text, times are ISO 8601. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

export interface StartExecutionRequest {
  readonly stateMachineArn: string;
  /** 1 to 80 characters; a fresh id when absent. */
  readonly name?: string;
  /** JSON text; `{}` when absent. */
  readonly input?: string;
}

export interface StopExecutionRequest {
  readonly executionArn: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface ExecutionSummary {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: string;
  readonly stopDate?: string;
}

export interface ExecutionDescription extends ExecutionSummary {
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface Page {
  /** 1 to 1000; 0 and absent mean 100. */
  readonly maxResults?: number;
  readonly nextToken?: string;
}

export interface GetExecutionHistoryRequest extends Page {
  readonly executionArn: string;
  readonly reverseOrder?: boolean;
  /** False leaves input and output out. */
  readonly includeExecutionData?: boolean;
}

export interface GetExecutionHistoryAnswer {
  readonly events: readonly HistoryEvent[];
  readonly nextToken?: string;
}

export interface ListExecutionsRequest extends Page {
  readonly stateMachineArn: string;
  readonly statusFilter?: ExecutionStatus;
}

export interface StateMachineSummary {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: "STANDARD";
  readonly creationDate: string;
}

export interface StateMachineDescription extends StateMachineSummary {
  readonly status: "ACTIVE";
  /** JSON text. */
  readonly definition: string;
  readonly roleArn: string;
}
