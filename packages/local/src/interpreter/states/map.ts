import type { Json, MapState } from "../../definition/asl.ts";
import { innerScope } from "../scope.ts";
import { Aborted, QueryEvaluationError, StateError } from "../state-error.ts";
import {
  evaluateField,
  evaluateNumber,
  finish,
  nextOf,
  type StateRun,
  type Transition,
} from "../state-run.ts";

/** An inline Map runs no more at once, whatever MaxConcurrency says. [Step Functions: Map state in Inline mode] */
const MAX_INLINE_CONCURRENCY = 40;

export async function runMap(state: MapState, run: StateRun): Promise<Transition> {
  const { scope } = run;
  const items = await readItems(state, run);
  const wanted = await evaluateNumber(run, "MaxConcurrency", { template: state.MaxConcurrency, min: 0 });
  const concurrency = Math.min(wanted || MAX_INLINE_CONCURRENCY, MAX_INLINE_CONCURRENCY, items.length);
  const tolerated = await countTolerated(state, run, items.length);
  scope.history.add("MapStateStarted", { mapStateStartedEventDetails: { length: items.length } });

  const iterations = new AbortController();
  const signal = AbortSignal.any([scope.signal, iterations.signal]);
  const started = scope.history.fork(signal);
  const result: Json[] = [];
  let next = 0;
  let failures = 0;

  async function work(): Promise<void> {
    while (next < items.length && !signal.aborted) {
      const index = next++;
      result[index] = await runTolerantly(index, items[index] as Json);
    }
  }

  /** @throws {StateError} when the failure of this item is the failure of the Map */
  async function runTolerantly(index: number, value: Json): Promise<Json> {
    try {
      return await runIteration(index, value);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof StateError && tolerated !== null && ++failures <= tolerated)
        return { ...error.output };
      iterations.abort(new Aborted("Another iteration has failed."));
      scope.history.add("MapStateFailed");
      if (!(error instanceof StateError) || tolerated === null) throw error;
      const cause = `${failures} of ${items.length} items failed, more than the tolerated ${Math.floor(tolerated)}.`;
      throw new StateError("States.ExceedToleratedFailureThreshold", cause);
    }
  }

  async function runIteration(index: number, value: Json): Promise<Json> {
    const context = { ...run.context, Map: { Item: { Index: index, Value: value } } };
    const inner = { ...innerScope(scope, signal, context), history: started.fork(signal) };
    const iteration = { name: run.name, index };
    const abort = () =>
      inner.history.addEnd("MapIterationAborted", { mapIterationAbortedEventDetails: iteration });
    inner.history.add("MapIterationStarted", { mapIterationStartedEventDetails: iteration });
    signal.addEventListener("abort", abort, { once: true });
    try {
      const input =
        state.ItemSelector === undefined
          ? value
          : await evaluateField({ ...run, context }, "ItemSelector", state.ItemSelector);
      const output = await scope.runtime.runGraph(state.ItemProcessor, input, inner);
      inner.history.add("MapIterationSucceeded", { mapIterationSucceededEventDetails: iteration });
      return output;
    } catch (error) {
      if (!signal.aborted)
        inner.history.add("MapIterationFailed", { mapIterationFailedEventDetails: iteration });
      throw error;
    } finally {
      signal.removeEventListener("abort", abort);
      if (!signal.aborted) scope.history.follow(inner.history);
    }
  }

  await Promise.all(Array.from({ length: concurrency }, work));
  scope.history.add("MapStateSucceeded");
  return finish(run, state, { outcome: { result }, output: result, next: nextOf(state) });
}

async function readItems(state: MapState, run: StateRun): Promise<readonly Json[]> {
  const items = state.Items === undefined ? run.input : await evaluateField(run, "Items", state.Items);
  if (Array.isArray(items)) return items as Json[];
  const hint = "JSONata gives one match as a value, not as an array: write [ … ] around the expression";
  throw new QueryEvaluationError("Items", `must give an array, gave ${JSON.stringify(items)}. ${hint}`);
}

/** How many items may fail; null when the first failure is the Map's. */
async function countTolerated(state: MapState, run: StateRun, length: number): Promise<number | null> {
  const count = await evaluateNumber(run, "ToleratedFailureCount", {
    template: state.ToleratedFailureCount,
    min: 0,
  });
  const percentage = await evaluateNumber(run, "ToleratedFailurePercentage", {
    template: state.ToleratedFailurePercentage,
    min: 0,
    max: 100,
  });
  if (count === undefined && percentage === undefined) return null;
  return Math.min(count ?? length, ((percentage ?? 100) * length) / 100);
}
