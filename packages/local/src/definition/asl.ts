/** What a state passes on: any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

/** A JSON value in which every string written `{% … %}` is a JSONata expression, at any depth. */
export type Template = Json;
/** A number, or an expression that gives one. */
export type NumberTemplate = number | string;

/** The part of a definition that can run: the machine itself, a branch of Parallel, the item processor of Map. */
export interface StateGraph {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface StateMachine extends StateGraph {
  readonly name: string;
  readonly TimeoutSeconds?: number;
  /** The definition as given, JSON text. */
  readonly definition: string;
}

/** How a state, a choice rule or a catcher ends: variables to set and output. */
export interface Ending {
  readonly Assign?: Readonly<Record<string, Template>>;
  readonly Output?: Template;
}

interface Moving {
  readonly Next?: string;
  readonly End?: true;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: "FULL" | "NONE";
}

export interface Catcher extends Ending {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}

interface Recovering {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface TaskState extends Ending, Moving, Recovering {
  readonly Type: "Task";
  readonly Resource: Resource;
  readonly Arguments?: Template;
  readonly TimeoutSeconds?: NumberTemplate;
  readonly HeartbeatSeconds?: NumberTemplate;
}

export interface PassState extends Ending, Moving {
  readonly Type: "Pass";
}

export interface ChoiceRule extends Ending {
  readonly Condition: string | boolean;
  readonly Next: string;
}

export interface ChoiceState extends Ending {
  readonly Type: "Choice";
  readonly Choices: readonly ChoiceRule[];
  readonly Default?: string;
}

export interface WaitState extends Ending, Moving {
  readonly Type: "Wait";
  readonly Seconds?: NumberTemplate;
  readonly Timestamp?: string;
}

export interface ParallelState extends Ending, Moving, Recovering {
  readonly Type: "Parallel";
  readonly Arguments?: Template;
  readonly Branches: readonly StateGraph[];
}

export interface MapState extends Ending, Moving, Recovering {
  readonly Type: "Map";
  readonly Items?: Template;
  readonly ItemSelector?: Template;
  readonly ItemProcessor: StateGraph;
  readonly MaxConcurrency?: NumberTemplate;
  readonly ToleratedFailureCount?: NumberTemplate;
  readonly ToleratedFailurePercentage?: NumberTemplate;
}

export interface SucceedState {
  readonly Type: "Succeed";
  readonly Output?: Template;
}

export interface FailState {
  readonly Type: "Fail";
  readonly Error?: string;
  readonly Cause?: string;
}

export type RecoveringState = TaskState | ParallelState | MapState;
export type State = RecoveringState | PassState | ChoiceState | WaitState | SucceedState | FailState;
export type StateType = State["Type"];

export const LAMBDA_INVOKE = "arn:aws:states:::lambda:invoke";
export const LAMBDA_INVOKE_WITH_TOKEN = "arn:aws:states:::lambda:invoke.waitForTaskToken";
export const START_EXECUTION_SYNC = "arn:aws:states:::states:startExecution.sync:2";

/** What a Task may call. */
export type Resource = typeof LAMBDA_INVOKE | typeof LAMBDA_INVOKE_WITH_TOKEN | typeof START_EXECUTION_SYNC;

interface ResourceFacts {
  /** The name in history events. */
  readonly resourceType: string;
  readonly resource: string;
  /** Members of `Arguments`; the first is required. */
  readonly arguments: readonly [string, ...string[]];
}

export const RESOURCES: Readonly<Record<Resource, ResourceFacts>> = {
  [LAMBDA_INVOKE]: { resourceType: "lambda", resource: "invoke", arguments: ["FunctionName", "Payload"] },
  [LAMBDA_INVOKE_WITH_TOKEN]: {
    resourceType: "lambda",
    resource: "invoke.waitForTaskToken",
    arguments: ["FunctionName", "Payload"],
  },
  [START_EXECUTION_SYNC]: {
    resourceType: "states",
    resource: "startExecution.sync:2",
    arguments: ["StateMachineArn", "Input", "Name"],
  },
};
