import type { Json, ParallelState, StateGraph } from "../../definition/asl.ts";
import { checkSize } from "../payload.ts";
import { innerScope } from "../scope.ts";
import { Aborted, isTerminal } from "../state-error.ts";
import { evaluateField, finish, nextOf, type StateRun, type Transition } from "../state-run.ts";

/** All branches at once; the first that fails stops the others and its error is the state's. */
export async function runParallel(state: ParallelState, run: StateRun): Promise<Transition> {
  const { scope } = run;
  const { history, runtime } = scope;
  const input =
    state.Arguments === undefined ? run.input : await evaluateField(run, "Arguments", state.Arguments);
  checkSize(input, run.name);
  history.add("ParallelStateStarted");
  const siblings = new AbortController();
  const signal = AbortSignal.any([scope.signal, siblings.signal]);

  async function runBranch(graph: StateGraph, index: number): Promise<Json> {
    const inner = innerScope(scope, { index, signal, context: run.context });
    try {
      const output = await runtime.runGraph(graph, input, inner);
      history.join(inner.history);
      return output;
    } catch (error) {
      if (!signal.aborted) {
        history.join(inner.history);
        if (!isTerminal(error)) history.cutChildren(history.last);
        siblings.abort(new Aborted("Another branch has failed."));
      }
      throw error;
    }
  }

  // After a redrive, branches that ended well before do not run again.
  const done = state.Branches.map((_, index) => scope.progress.inner(index).output);
  const result = await Promise.all(
    state.Branches.map(async (graph, index) => done[index] ?? (await runBranch(graph, index))),
  );
  history.note("ParallelStateSucceeded");
  checkSize(result, run.name);
  return finish(run, state, { outcome: { result }, output: result, next: nextOf(state) });
}
