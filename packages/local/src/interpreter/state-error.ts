/** A failure of a state, as Retry and Catch see it. */
export class StateError extends Error {
  override readonly name: string = "StateError";
  /** Error name; a Fail state or a task token may give none. */
  readonly error: string | undefined;
  override readonly cause: string | undefined;

  constructor(error: string | undefined, cause: string | undefined) {
    super(`${error ?? "(no error name)"}: ${cause ?? "(no cause)"}`);
    this.error = error;
    this.cause = cause;
  }

  /** As history events and descriptions give it, without what was not given. */
  get details(): { error?: string; cause?: string } {
    return {
      ...(this.error === undefined ? {} : { error: this.error }),
      ...(this.cause === undefined ? {} : { cause: this.cause }),
    };
  }

  /** `{ Error, Cause }` without what was not given: `$states.errorOutput`. */
  get output(): { Error?: string; Cause?: string } {
    return {
      ...(this.error === undefined ? {} : { Error: this.error }),
      ...(this.cause === undefined ? {} : { Cause: this.cause }),
    };
  }
}

export class QueryEvaluationError extends StateError {
  readonly location: string;
  /** Whether the history says so already: the error goes up through every state around. */
  noted = false;

  constructor(location: string, reason: string) {
    super("States.QueryEvaluationError", `${location}: ${reason}`);
    this.location = location;
  }
}

/** Why a state stopped that did not fail itself: its execution or its siblings ended. No Retry or Catch sees it. */
export class Aborted extends Error {
  override readonly name = "Aborted";
}
