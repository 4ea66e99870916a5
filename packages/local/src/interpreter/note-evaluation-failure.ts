import { QueryEvaluationError } from "./state-error.ts";
import type { StateRun } from "./state-run.ts";

/** Does the work of a state; when one of its expressions fails, the history gets an EvaluationFailed event. */
export async function noteEvaluationFailure<T>(run: StateRun, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof QueryEvaluationError && !error.noted) {
      error.noted = true;
      const { error: name = "", cause = "", location } = error;
      run.scope.history.add("EvaluationFailed", {
        evaluationFailedEventDetails: { error: name, cause, location, state: run.name },
      });
    }
    throw error;
  }
}
