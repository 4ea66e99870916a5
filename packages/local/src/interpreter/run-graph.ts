import type { Json, State, StateGraph } from "../definition/asl.ts";
import { runState } from "./run-state.ts";
import type { Scope } from "./scope.ts";

/** Runs states from StartAt to an end; returns what the last one passes on. @throws {StateError} */
export async function runGraph(graph: StateGraph, input: Json, scope: Scope): Promise<Json> {
  let name = graph.StartAt;
  let passed = input;
  for (;;) {
    const { output, next } = await runState(
      { name, state: graph.States[name] as State, input: passed },
      scope,
    );
    if (next === null) return output;
    name = next;
    passed = output;
  }
}
