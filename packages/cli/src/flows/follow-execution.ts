import { setTimeout as sleep } from "node:timers/promises";
import {
  DescribeExecutionCommand,
  type ExecutionStatus,
  type HistoryEvent,
  type SFNClient,
  paginateGetExecutionHistory,
} from "@aws-sdk/client-sfn";

export interface StateReport {
  readonly name: string;
  /** As Step Functions writes statuses. */
  status: "RUNNING" | "SUCCEEDED" | "FAILED" | "TIMED_OUT";
  /** Summed over repetitions of the state, on the state machine's clock. */
  durationMs: number;
}

export interface FlowReport {
  readonly name: string;
  readonly executionArn: string;
  readonly status: ExecutionStatus;
  readonly states: readonly StateReport[];
  readonly output: unknown;
  readonly error: string | null;
  readonly cause: string | null;
}

/** What a follower hears while an execution runs. */
export interface FlowListener {
  stateEntered(flow: string, state: string): void;
  stateEnded(flow: string, state: StateReport): void;
  flowEnded(report: FlowReport): void;
}

const POLL_MILLISECONDS = 100;

/**
 * Follows an execution through its history, the same on AWS and on a laptop, until it ends; executions that it starts
 * are followed too. Reports in order of starting.
 */
export async function followExecution(
  client: SFNClient,
  executionArn: string,
  listener: FlowListener,
): Promise<FlowReport[]> {
  const name = flowName(executionArn);
  const states = new Map<string, StateReport>();
  const entered = new Map<string, number>();
  const nested: Promise<FlowReport[]>[] = [];
  let seen = 0;
  for (;;) {
    const {
      status = "RUNNING",
      output,
      error,
      cause,
    } = await client.send(new DescribeExecutionCommand({ executionArn }));
    for (const event of await historyAfter(client, executionArn, seen)) {
      seen = event.id ?? seen;
      readEvent(event);
    }
    if (status !== "RUNNING") {
      const report: FlowReport = {
        name,
        executionArn,
        status,
        states: [...states.values()],
        output: output === undefined ? null : JSON.parse(output),
        error: error ?? null,
        cause: cause ?? null,
      };
      const children = await Promise.all(nested);
      endRunningStates(status);
      listener.flowEnded(report);
      return [report, ...children.flat()];
    }
    await sleep(POLL_MILLISECONDS);
  }

  function readEvent(event: HistoryEvent): void {
    const at = event.timestamp?.getTime() ?? 0;
    const state = event.stateEnteredEventDetails?.name;
    if (state !== undefined) {
      if (!states.has(state)) states.set(state, { name: state, status: "RUNNING", durationMs: 0 });
      entered.set(state, at);
      listener.stateEntered(name, state);
    }
    const exited = event.stateExitedEventDetails?.name;
    if (exited !== undefined) endState(exited, "SUCCEEDED", at);
    const child = childExecution(event);
    if (child !== null) nested.push(followExecution(client, child, listener));
    if (
      event.type === "ExecutionFailed" ||
      event.type === "ExecutionTimedOut" ||
      event.type === "ExecutionAborted"
    ) {
      for (const [running] of entered) endState(running, "FAILED", at);
    }
  }

  function endState(state: string, status: StateReport["status"], at: number): void {
    const report = states.get(state);
    const since = entered.get(state);
    if (!report || since === undefined) return;
    entered.delete(state);
    report.status = status;
    report.durationMs += Math.round(at - since);
    listener.stateEnded(name, report);
  }

  function endRunningStates(status: ExecutionStatus): void {
    for (const report of states.values()) {
      if (report.status === "RUNNING") report.status = status === "TIMED_OUT" ? "TIMED_OUT" : "FAILED";
    }
  }
}

async function historyAfter(client: SFNClient, executionArn: string, seen: number): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client }, { executionArn, maxResults: 1000 })) {
    events.push(...(page.events ?? []).filter((event) => (event.id ?? 0) > seen));
  }
  return events;
}

/** `startExecution.sync:2` answers its submission with the child's ARN. */
function childExecution(event: HistoryEvent): string | null {
  const details = event.taskSubmittedEventDetails;
  if (details?.resourceType !== "states" || details.output === undefined) return null;
  const { ExecutionArn } = JSON.parse(details.output) as { ExecutionArn?: string };
  return ExecutionArn ?? null;
}

/** `…:execution:<state machine>:<name>` */
function flowName(executionArn: string): string {
  return executionArn.split(":").at(-2) ?? executionArn;
}
