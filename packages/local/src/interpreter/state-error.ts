/** The longest texts that the API returns. [ExecutionFailedEventDetails: error, cause] */
const MAX_ERROR_LENGTH = 256;
const MAX_CAUSE_LENGTH = 32_768;

/** A failure of a state, as Retry and Catch see it. */
export class StateError extends Error {
  override readonly name: string = "StateError";
  /** Error name; a Fail state or a task token may omit it. */
  readonly error: string | undefined;
  override readonly cause: string | undefined;

  constructor(error: string | undefined, cause: string | undefined) {
    super(`${error ?? "(no error name)"}: ${cause ?? "(no cause)"}`);
    this.error = error?.slice(0, MAX_ERROR_LENGTH);
    this.cause = cause?.slice(0, MAX_CAUSE_LENGTH);
  }

  /** As in history events and descriptions, without absent members. */
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

/** A failure that no catcher in AWS sees and that leaves no trace but the end of the execution. */
export function isTerminal(error: unknown): boolean {
  return error instanceof StateError && error.error === "States.Runtime";
}

/** Why a state stopped that did not fail itself: its execution or its siblings ended. No Retry or Catch sees it. */
export class Aborted extends Error {
  override readonly name = "Aborted";
}
