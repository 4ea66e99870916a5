import { setTimeout as sleep } from "node:timers/promises";
import type { ExecutionMoment, Executions, ExecutionStatus } from "@landbridge/core";

export interface StateReport {
  readonly name: string;
  /** In Step Functions' spelling. */
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

/** Receives what happens while an execution runs. */
export interface FlowListener {
  stateEntered(flow: string, state: string): void;
  stateEnded(flow: string, state: StateReport): void;
  flowEnded(report: FlowReport): void;
  /** Ends the following before the execution has ended. */
  readonly over?: AbortSignal;
}

const POLL_MILLISECONDS = 100;

/**
 * Follows an execution through its history, in the same way on AWS and on a laptop, until it ends, including executions that
 * it starts. Reports in order of starting; none if the following was ended.
 */
export async function followExecution(
  executions: Pick<Executions, "read">,
  executionArn: string,
  listener: FlowListener,
): Promise<FlowReport[]> {
  const states = new Map<string, StateReport>();
  /** When each state was entered; the iterations of a Map can be in one at the same time. */
  const entered = new Map<string, number[]>();
  const nested: Promise<FlowReport[]>[] = [];
  let seen = 0;
  for (;;) {
    const { flow, status, history, endedAt, output, error, cause } = await executions.read(executionArn);
    for (const moment of history.slice(seen)) readMoment(flow, moment);
    seen = history.length;
    if (status !== "RUNNING") {
      const ended = status === "TIMED_OUT" ? status : "FAILED";
      for (const [state, since] of entered)
        for (let open = since.length; open > 0; open -= 1)
          endState(flow, { state, status: ended, at: endedAt ?? "" });
      const children = await Promise.all(nested);
      const report = { name: flow, executionArn, status, states: [...states.values()], output, error, cause };
      listener.flowEnded(report);
      return [report, ...children.flat()];
    }
    await sleep(POLL_MILLISECONDS);
    if (listener.over?.aborted) return [];
  }

  function readMoment(flow: string, { at, what, subject }: ExecutionMoment): void {
    switch (what) {
      case "entered":
        if (!states.has(subject)) states.set(subject, { name: subject, status: "RUNNING", durationMs: 0 });
        entered.set(subject, [...(entered.get(subject) ?? []), Date.parse(at)]);
        return listener.stateEntered(flow, subject);
      case "left":
        return endState(flow, { state: subject, status: "SUCCEEDED", at });
      case "started":
        nested.push(followExecution(executions, subject, listener));
    }
  }

  function endState(flow: string, { state, status, at }: StateEnd): void {
    const report = states.get(state);
    const since = entered.get(state)?.shift();
    if (!report || since === undefined) return;
    report.status = status;
    report.durationMs += Math.round(Date.parse(at) - since);
    listener.stateEnded(flow, report);
  }
}

interface StateEnd {
  readonly state: string;
  readonly status: StateReport["status"];
  readonly at: string;
}
