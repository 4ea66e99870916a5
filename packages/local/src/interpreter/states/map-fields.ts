import type { Json, MapState } from "../../definition/asl.ts";
import { evaluateField, evaluateNumber, type StateRun, unexpectedResult } from "../state-run.ts";

/** An inline Map runs no more at once, whatever MaxConcurrency says. [Step Functions: Map state in Inline mode] */
const MAX_INLINE_CONCURRENCY = 40;

interface MapFields {
  readonly items: readonly Json[];
  /** How many iterations run at once. */
  readonly concurrency: number;
  /** How many items may fail; null if the first failure fails the Map. */
  readonly tolerated: number | null;
}

/** @throws {OwnError} States.QueryEvaluationError */
export async function readMapFields(state: MapState, run: StateRun): Promise<MapFields> {
  const items = await readItems(state, run);
  const wanted = await evaluateNumber(run, "MaxConcurrency", { template: state.MaxConcurrency, min: 0 });
  return {
    items,
    concurrency: Math.min(wanted || MAX_INLINE_CONCURRENCY, MAX_INLINE_CONCURRENCY, items.length),
    tolerated: await countTolerated(state, run, items.length),
  };
}

async function readItems(state: MapState, run: StateRun): Promise<readonly Json[]> {
  const items = state.Items === undefined ? run.input : await evaluateField(run, "Items", state.Items);
  if (Array.isArray(items)) return items as Json[];
  const hint = "JSONata gives one match as a value, not as an array: write [ … ] around the expression";
  throw unexpectedResult("Items", state.Items ?? "{% $states.input %}", {
    expected: `an array (${hint})`,
    value: items,
  });
}

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
