import type { HistoryEvent } from "../interpreter/history-event.ts";

/** Requests and answers have the member names of AWS; payloads are JSON text, times are ISO 8601. */
export type ExecutionStatus = "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED";

export interface Tag {
  readonly key: string;
  readonly value: string;
}

export interface CreateStateMachineOptions {
  /** A made-up one when absent. */
  readonly roleArn?: string;
  readonly tags?: readonly Tag[];
}

export interface UpdateStateMachineRequest {
  readonly stateMachineArn: string;
  /** Parsed JSON. */
  readonly definition?: unknown;
  readonly roleArn?: string;
}

export interface UpdateStateMachineAnswer {
  readonly updateDate: string;
  readonly revisionId: string;
}

export interface StartExecutionRequest {
  readonly stateMachineArn: string;
  /** 1 to 80 characters; a fresh id when absent. */
  readonly name?: string;
  /** JSON text; `{}` when absent. */
  readonly input?: string;
}

export interface StartExecutionAnswer {
  readonly executionArn: string;
  readonly startDate: string;
}

export interface StopExecutionRequest {
  readonly executionArn: string;
  readonly error?: string;
  readonly cause?: string;
}

export interface RedriveExecutionRequest {
  readonly executionArn: string;
  /** The same token within 15 minutes redrives once. */
  readonly clientToken?: string;
}

export interface ExecutionSummary {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: string;
  readonly stopDate?: string;
  readonly redriveCount: number;
  readonly redriveDate?: string;
}

export interface ExecutionDescription extends ExecutionSummary {
  readonly input: string;
  readonly inputDetails: { readonly included: boolean };
  readonly output?: string;
  readonly outputDetails?: { readonly included: boolean };
  readonly error?: string;
  readonly cause?: string;
  readonly redriveStatus: "REDRIVABLE" | "NOT_REDRIVABLE";
  readonly redriveStatusReason?: string;
}

export interface Page {
  /** 1 to 1000; 0 and absent mean 100. */
  readonly maxResults?: number;
  /** Valid for 24 hours. */
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
  readonly statusFilter?: ExecutionStatus | "PENDING_REDRIVE";
  readonly redriveFilter?: "REDRIVEN" | "NOT_REDRIVEN";
}

export interface ListExecutionsAnswer {
  readonly executions: readonly ExecutionSummary[];
  readonly nextToken?: string;
}

export interface StateMachineSummary {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly type: "STANDARD";
  readonly creationDate: string;
}

export interface StateMachineDescription extends StateMachineSummary {
  readonly status: "ACTIVE" | "DELETING";
  /** JSON text. */
  readonly definition: string;
  readonly roleArn: string;
  /** Since the first update. */
  readonly revisionId?: string;
}

/** The state machine as it was when an execution began. */
export interface StateMachineForExecution {
  readonly stateMachineArn: string;
  readonly name: string;
  readonly definition: string;
  readonly roleArn: string;
  readonly updateDate: string;
  readonly revisionId?: string;
}

export interface ListStateMachinesAnswer {
  readonly stateMachines: readonly StateMachineSummary[];
  readonly nextToken?: string;
}

export interface ValidateRequest {
  /** JSON text. */
  readonly definition: string;
  readonly severity?: "ERROR" | "WARNING";
  /** 1 to 100; 0 and absent mean 100. */
  readonly maxResults?: number;
}

export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly code: string;
  readonly message: string;
  /** `/States/Name/Field` */
  readonly location: string;
}

export interface ValidateAnswer {
  readonly result: "OK" | "FAIL";
  readonly diagnostics: readonly Diagnostic[];
  readonly truncated: boolean;
}
