import type { ChoiceState } from "../../definition/asl.ts";
import { QueryEvaluationError, StateError } from "../state-error.ts";
import { evaluateField, finish, type StateRun, type Transition } from "../state-run.ts";

/** The first rule that holds decides; the state's own Assign and Output are for Default. */
export async function runChoice(state: ChoiceState, run: StateRun): Promise<Transition> {
  for (const [index, rule] of state.Choices.entries()) {
    const field = `Choices[${index}]`;
    const holds = await evaluateField(run, `${field}.Condition`, rule.Condition);
    if (typeof holds !== "boolean") {
      throw new QueryEvaluationError(
        `${field}.Condition`,
        `must give true or false, gave ${JSON.stringify(holds)}`,
      );
    }
    if (holds) return finish(run, { ...rule, field }, { output: run.input, next: rule.Next });
  }
  if (state.Default === undefined) {
    throw new StateError("States.NoChoiceMatched", `No choice of ${run.name} holds, and it has no Default.`);
  }
  return finish(run, state, { output: run.input, next: state.Default });
}
