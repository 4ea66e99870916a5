import type { FailState } from "../../definition/asl.ts";
import { StateError } from "../state-error.ts";
import { evaluateField, type StateRun, unexpectedResult } from "../state-run.ts";

export async function runFail(state: FailState, run: StateRun): Promise<never> {
  const error = await evaluateText(run, "Error", state.Error);
  const cause = await evaluateText(run, "Cause", state.Cause);
  throw new StateError(error, cause);
}

async function evaluateText(
  run: StateRun,
  field: string,
  template: string | undefined,
): Promise<string | undefined> {
  if (template === undefined) return undefined;
  const value = await evaluateField(run, field, template);
  if (typeof value === "string") return value;
  throw unexpectedResult(field, template, { expected: "a string", value });
}
