import type { ChoiceState } from "../../definition/asl.ts";
import { OwnError } from "../own-error.ts";
import { evaluateField, finish, type StateRun, type Transition, unexpectedResult } from "../state-run.ts";

/**
 * The first rule that holds decides; the state's own Assign and Output are for Default.
 * [Choice workflow state, "Using Assign with Choice states"]
 * @throws {OwnError} States.Runtime when none holds and there is no Default
 */
export async function runChoice(state: ChoiceState, run: StateRun): Promise<Transition> {
  for (const [index, rule] of state.Choices.entries()) {
    const field = `Choices[${index}]`;
    const holds = await evaluateField(run, `${field}/Condition`, rule.Condition);
    if (typeof holds !== "boolean") {
      throw unexpectedResult(`${field}/Condition`, rule.Condition, {
        expected: "true or false",
        value: holds,
      });
    }
    if (holds) return finish(run, { ...rule, field }, { output: run.input, next: rule.Next });
  }
  if (state.Default === undefined) {
    const reason = "Failed to transition out of the state. The state does not point to a next state.";
    throw new OwnError("States.Runtime", reason, null);
  }
  return finish(run, state, { output: run.input, next: state.Default });
}
