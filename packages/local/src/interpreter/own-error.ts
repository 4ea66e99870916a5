import { StateError } from "./state-error.ts";

/** A failure of the state's own fields, whose cause must name the state. */
export class OwnError extends StateError {
  /** The field, as EvaluationFailed names it; null when no expression failed. */
  readonly location: string | null;

  constructor(
    error: "States.QueryEvaluationError" | "States.Runtime",
    cause: string,
    location: string | null,
  ) {
    super(error, cause);
    this.location = location;
  }
}

/** An expression that failed. */
export function evaluationError(location: string, reason: string): OwnError {
  return new OwnError("States.QueryEvaluationError", reason, location);
}
