import { OwnError } from "./own-error.ts";
import { StateError } from "./state-error.ts";
import type { StateRun } from "./state-run.ts";

/**
 * Does the work of a state. Adds the state's name to the cause of a failure of its own fields, once, and an EvaluationFailed
 * event for failed expressions.
 */
export async function blameState<T>(run: StateRun, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof OwnError)) throw error;
    const where = `An error occurred while executing the state '${run.name}' (entered at the event id #${run.enteredEventId}).`;
    const blamed = new StateError(error.error, `${where} ${error.cause}`);
    if (error.location !== null) {
      run.scope.history.add("EvaluationFailed", {
        evaluationFailedEventDetails: {
          ...blamed.details,
          location: error.location.slice(0, 256),
          state: run.name,
        },
      });
    }
    throw blamed;
  }
}
