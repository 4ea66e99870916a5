import type { Ending, Json, Template } from "../definition/asl.ts";
import { describeTemplate, evaluateTemplate } from "../expressions/evaluate.ts";
import { checkSize } from "./payload.ts";
import type { Context, Scope } from "./scope.ts";
import { evaluationError, type OwnError } from "./own-error.ts";

/** One attempt at one state. */
export interface StateRun {
  readonly name: string;
  readonly input: Json;
  /** Id of the event by which the state was entered. */
  readonly enteredEventId: number;
  readonly scope: Scope;
  /** With State, and Task or Map.Item where they are known. */
  readonly context: Context;
}

/** How a state ended: its output, the variables that it sets, and the next state, null for the end. */
export interface Transition {
  readonly output: Json;
  readonly assigned: Readonly<Record<string, Json>>;
  readonly next: string | null;
}

/** The members of `$states` in addition to input and context. */
export interface Outcome {
  readonly result?: Json;
  readonly errorOutput?: Json;
}

/** Evaluates one field of the state. @throws {OwnError} */
export function evaluateField(
  run: StateRun,
  field: string,
  template: Template,
  outcome: Outcome = {},
): Promise<Json> {
  const bindings = {
    ...run.scope.runtime.functions,
    ...run.scope.progress.variables.values,
    states: { input: run.input, context: run.context, ...outcome },
  };
  return evaluateTemplate(template, bindings, field);
}

/** Evaluates a field that must be a whole number within bounds; undefined when the state does not have it. */
export async function evaluateNumber(
  run: StateRun,
  field: string,
  bounds: { template: Template | undefined; min: number; max?: number },
): Promise<number | undefined> {
  if (bounds.template === undefined) return undefined;
  const value = await evaluateField(run, field, bounds.template);
  const max = bounds.max ?? 99_999_999;
  if (typeof value === "number" && Number.isInteger(value) && value >= bounds.min && value <= max)
    return value;
  throw unexpectedResult(field, bounds.template, {
    expected: `a whole number from ${bounds.min} to ${max}`,
    value,
  });
}

/** An expression gave what the field does not take. */
export function unexpectedResult(
  field: string,
  template: Template,
  { expected, value }: { expected: string; value: Json },
): OwnError {
  const reason = `${describeTemplate(template, field)} returned an unexpected result: expected ${expected}, got ${JSON.stringify(value)}.`;
  return evaluationError(field, reason);
}

/** Evaluates Assign and Output, both with the variables as they were when the state was entered. */
export async function finish(
  run: StateRun,
  ending: Ending & { readonly field?: string },
  given: { outcome?: Outcome; output: Json; next: string | null },
): Promise<Transition> {
  const prefix = ending.field === undefined ? "" : `${ending.field}/`;
  const [assigned, output] = await Promise.all([
    evaluateField(run, `${prefix}Assign`, ending.Assign ?? {}, given.outcome),
    ending.Output === undefined
      ? given.output
      : evaluateField(run, `${prefix}Output`, ending.Output, given.outcome),
  ]);
  checkSize(assigned, run.name);
  checkSize(output, run.name);
  return { output, assigned: assigned as Record<string, Json>, next: given.next };
}

/** The state that follows after success. */
export function nextOf(state: { readonly Next?: string }): string | null {
  return state.Next ?? null;
}
