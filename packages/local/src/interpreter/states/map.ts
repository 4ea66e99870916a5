import type { Json, MapState } from "../../definition/asl.ts";
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
      result[index] = await runTolerantly(index, items[index] as Json);
    }
  }

  /** @throws {StateError} when the failure of this item is the failure of the Map */
  async function runTolerantly(index: number, value: Json): Promise<Json> {
    try {
      return await runIteration(index, value);
    } catch (error) {
      signal.throwIfAborted();
      const mayFail = error instanceof StateError && !isTerminal(error) && tolerated !== null;
      if (mayFail && ++failures <= tolerated) return { ...error.output };
      iterations.abort(new Aborted("Another iteration has failed."));
      if (!mayFail) throw error;
      const cause = `The specified tolerated failure threshold was exceeded: ${failures} of ${items.length} items failed.`;
      throw new StateError("States.ExceedToleratedFailureThreshold", cause);
    }
  }

  async function runIteration(index: number, value: Json): Promise<Json> {
    const context = {
      ...run.context,
      Map: { Item: { Index: index, Value: value, Source: "STATE_DATA" as const } },
    };
    const inner = innerScope(scope, { index, signal, context });
    const iteration = { name: run.name, index };
    inner.history.backTo(startedId);
    inner.history.add("MapIterationStarted", { mapIterationStartedEventDetails: iteration });
    const close = inner.history.open("MapIterationAborted", { mapIterationAbortedEventDetails: iteration });
    try {
      const input =
        state.ItemSelector === undefined
          ? value
          : await evaluateField({ ...run, context }, "ItemSelector", state.ItemSelector);
      checkSize(input, run.name);
      const output = await scope.runtime.runGraph(state.ItemProcessor, input, inner);
      inner.history.add("MapIterationSucceeded", { mapIterationSucceededEventDetails: iteration });
      history.join(inner.history);
      return output;
    } catch (error) {
      if (!signal.aborted) {
        history.join(inner.history);
        // The others end here too, unless this failure is tolerated.
        if (tolerated === null || failures + 1 > tolerated) history.cutChildren(history.last);
        if (!isTerminal(error))
          history.note("MapIterationFailed", { mapIterationFailedEventDetails: iteration });
      }
      throw error;
    } finally {
      close();
    }
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
