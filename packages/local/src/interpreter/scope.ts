import type { Json, StateGraph } from "../definition/asl.ts";
import type { Functions } from "../expressions/functions.ts";
import type { Alarms } from "./alarms.ts";
import type { HistoryBranch } from "./history.ts";
import type { Progress } from "./progress.ts";
import type { NestedExecutions } from "./nested-executions.ts";
import type { TaskTokens } from "./task-tokens.ts";

/** The context object, `$states.context`. [Step Functions Developer Guide: Accessing the Context object] */
export interface Context {
  readonly Execution: {
    readonly Id: string;
    readonly Input: Json;
    readonly Name: string;
    readonly RoleArn: string;
    readonly StartTime: string;
    readonly RedriveCount: number;
    readonly RedriveTime?: string;
  };
  readonly StateMachine: { readonly Id: string; readonly Name: string };
  readonly State?: { readonly EnteredTime: string; readonly Name: string; readonly RetryCount: number };
  readonly Task?: { readonly Token: string };
  readonly Map?: {
    readonly Item: { readonly Index: number; readonly Value: Json; readonly Source: "STATE_DATA" };
  };
}

/** What all states of all executions use. */
export interface Runtime {
  readonly region: string;
  readonly isoNow: () => string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly random: () => number;
  readonly alarms: Alarms;
  readonly functions: Functions;
  readonly tokens: TaskTokens;
  readonly nested: NestedExecutions;
  readonly invokeLambda: (functionArn: string, payload: unknown) => Promise<unknown>;
  /** Here because Parallel and Map run graphs and are themselves run by them. */
  readonly runGraph: (graph: StateGraph, input: Json, scope: Scope) => Promise<Json>;
}

/** Where a graph runs: its progress, its line of history, and its abort signal. */
export interface Scope {
  readonly runtime: Runtime;
  /** With the variables, which states that end change. */
  readonly progress: Progress;
  readonly context: Context;
  readonly history: HistoryBranch;
  readonly signal: AbortSignal;
  /** In a branch or an iteration, not in the state machine itself. */
  readonly isInner: boolean;
  /** Called before a state is entered. @throws {Aborted} when the execution goes no further */
  readonly beforeTransition: () => void;
}

/** A separate scope for a branch or an iteration. */
export function innerScope(
  scope: Scope,
  inner: { index: number; signal: AbortSignal; context: Context },
): Scope {
  return {
    ...scope,
    progress: scope.progress.inner(inner.index),
    history: scope.history.fork(inner.signal),
    signal: inner.signal,
    context: inner.context,
    isInner: true,
  };
}
