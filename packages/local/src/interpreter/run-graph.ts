import type { Json, State, StateGraph } from "../definition/asl.ts";
import type { Position } from "./progress.ts";
import { runState } from "./run-state.ts";
import type { Scope } from "./scope.ts";

/**
 * Runs states to an end, from StartAt or from the graph's earlier progress; returns the output of the last one.
 * @throws {StateError}
 */
export async function runGraph(graph: StateGraph, input: Json, scope: Scope): Promise<Json> {
  const { progress, signal } = scope;
  if (!progress.position) progress.moveTo(graph.StartAt, input);
  for (;;) {
    const position = progress.position as Position;
    const { output, next } = await runState(graph.States[position.name] as State, position, scope);
    signal.throwIfAborted();
    if (next === null) {
      progress.finish(output);
      return output;
    }
    progress.moveTo(next, output);
  }
}
