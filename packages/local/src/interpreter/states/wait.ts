import type { WaitState } from "../../definition/asl.ts";
import {
  evaluateField,
  evaluateNumber,
  finish,
  nextOf,
  type StateRun,
  type Transition,
  unexpectedResult,
} from "../state-run.ts";

export async function runWait(state: WaitState, run: StateRun): Promise<Transition> {
  const { runtime, signal } = run.scope;
  await runtime.alarms.sleep(await waitMilliseconds(state, run), signal);
  return finish(run, state, { output: run.input, next: nextOf(state) });
}

async function waitMilliseconds(state: WaitState, run: StateRun): Promise<number> {
  const seconds = await evaluateNumber(run, "Seconds", { template: state.Seconds, min: 0 });
  if (seconds !== undefined) return seconds * 1000;
  const template = state.Timestamp ?? null;
  const timestamp = await evaluateField(run, "Timestamp", template);
  const at = typeof timestamp === "string" ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(at)) {
    throw unexpectedResult("Timestamp", template, { expected: "a time in ISO 8601", value: timestamp });
  }
  return Math.max(0, at - run.scope.runtime.now());
}
