import type { ParallelState } from "../../definition/asl.ts";
import { innerScope } from "../scope.ts";
import { Aborted } from "../state-error.ts";
import { evaluateField, finish, nextOf, type StateRun, type Transition } from "../state-run.ts";

/** All branches at once; the first that fails stops the others and its error is the state's. */
export async function runParallel(state: ParallelState, run: StateRun): Promise<Transition> {
  const { scope } = run;
  const input =
    state.Arguments === undefined ? run.input : await evaluateField(run, "Arguments", state.Arguments);
  scope.history.add("ParallelStateStarted");
  const siblings = new AbortController();
  const signal = AbortSignal.any([scope.signal, siblings.signal]);
  const branches = state.Branches.map((graph) => ({ graph, inner: innerScope(scope, signal, run.context) }));
  const result = await Promise.all(
    branches.map(async ({ graph, inner }) => {
      try {
        const output = await scope.runtime.runGraph(graph, input, inner);
        scope.history.follow(inner.history);
        return output;
      } catch (error) {
        if (!signal.aborted) {
          scope.history.follow(inner.history);
          siblings.abort(new Aborted("Another branch has failed."));
          scope.history.add("ParallelStateFailed");
        }
        throw error;
      }
    }),
  );
  scope.history.add("ParallelStateSucceeded");
  return finish(run, state, { outcome: { result }, output: result, next: nextOf(state) });
}
