import type { Json, MapState } from "../../definition/asl.ts";
import type { HistoryBranch } from "../history.ts";
import { checkSize } from "../payload.ts";
import { innerScope } from "../scope.ts";
import { Aborted, isTerminal, StateError } from "../state-error.ts";
import { evaluateField, finish, nextOf, type StateRun, type Transition } from "../state-run.ts";
import { readMapFields } from "./map-fields.ts";

export async function runMap(state: MapState, run: StateRun): Promise<Transition> {
  const { scope } = run;
  const { history } = scope;
  const { items, concurrency, tolerated } = await readMapFields(state, run);
  history.add("MapStateStarted", { mapStateStartedEventDetails: { length: items.length } });

  const iterations = new AbortController();
  const signal = AbortSignal.any([scope.signal, iterations.signal]);
  const startedId = history.last;
  const result = items.map((_, index) => scope.progress.inner(index).output);
  const open = [...items.keys()].filter((index) => result[index] === undefined).values();
  let failures = 0;

  async function work(): Promise<void> {
    for (const index of open) {
      if (signal.aborted) return;
      result[index] = await runIteration(index, items[index] as Json);
    }
  }

  async function runIteration(index: number, value: Json): Promise<Json> {
    const item = { Index: index, Value: value, Source: "STATE_DATA" as const };
    const context = { ...run.context, Map: { Item: item } };
    const iteration = { name: run.name, index };
    let line: HistoryBranch | null = null;
    let close: (() => void) | null = null;
    try {
      const input =
        state.ItemSelector === undefined
          ? value
          : await evaluateField({ ...run, context }, "ItemSelector", state.ItemSelector);
      checkSize(input, run.name);
      const inner = innerScope(scope, { index, signal, context });
      line = inner.history;
      line.backTo(startedId);
      line.add("MapIterationStarted", { mapIterationStartedEventDetails: iteration });
      close = line.open("MapIterationAborted", { mapIterationAbortedEventDetails: iteration });
      const output = await scope.runtime.runGraph(state.ItemProcessor, input, inner);
      line.add("MapIterationSucceeded", { mapIterationSucceededEventDetails: iteration });
      history.join(line);
      return output;
    } catch (error) {
      signal.throwIfAborted();
      if (line) history.join(line);
      return fail(error, line && iteration);
    } finally {
      close?.();
    }
  }

  /**
   * @param iteration null when it had not started yet
   * @throws {StateError} when the failure of this item is the failure of the Map
   */
  function fail(error: unknown, iteration: { name: string; index: number } | null): Json {
    const mayFail = error instanceof StateError && !isTerminal(error) && tolerated !== null;
    const isTolerated = mayFail && ++failures <= tolerated;
    if (!isTerminal(error)) {
      if (!isTolerated) history.cutChildren(history.last);
      if (iteration) history.note("MapIterationFailed", { mapIterationFailedEventDetails: iteration });
    }
    if (isTolerated) return { ...error.output };
    iterations.abort(new Aborted("Another iteration has failed."));
    if (!mayFail) throw error;
    const cause = `The specified tolerated failure threshold was exceeded: ${failures} of ${items.length} items failed.`;
    throw new StateError("States.ExceedToleratedFailureThreshold", cause);
  }

  await Promise.all(Array.from({ length: concurrency }, work));
  history.note("MapStateSucceeded");
  checkSize(result as Json[], run.name);
  return finish(run, state, {
    outcome: { result: result as Json[] },
    output: result as Json[],
    next: nextOf(state),
  });
}
