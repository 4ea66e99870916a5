import type { Json } from "../definition/asl.ts";
import { ServiceError } from "../service/service-error.ts";
import { StateError } from "./state-error.ts";

interface OpenTask {
  readonly succeed: (output: Json) => void;
  readonly fail: (error: StateError) => void;
  readonly beat: () => void;
}

/** [SendTaskSuccess: taskToken] */
const MAX_TOKEN_LENGTH = 2048;
/** As long as an execution is kept, and for the same reason. */
const REMEMBERED_MILLISECONDS = 90 * 86_400_000;

/** The tasks that wait for an answer, by token. */
export class TaskTokens {
  readonly #now: () => number;
  readonly #open = new Map<string, OpenTask>();
  /** Tokens stay known after their task has ended, by time of its end: AWS distinguishes a late answer from a wrong one. */
  readonly #closed = new Map<string, number>();

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    this.#now = now;
  }

  open(token: string, task: OpenTask): void {
    this.#open.set(token, task);
  }

  close(token: string): void {
    if (!this.#open.delete(token)) return;
    const now = this.#now();
    this.#closed.set(token, now);
    for (const [closed, at] of this.#closed) {
      if (at > now - REMEMBERED_MILLISECONDS) break;
      this.#closed.delete(closed);
    }
  }

  /** @throws {ServiceError} InvalidToken, TaskDoesNotExist, TaskTimedOut (also when answered already) */
  succeed(token: string, output: Json): void {
    this.#take(token).succeed(output);
    this.close(token);
  }

  /** @throws {ServiceError} as `succeed` */
  fail(token: string, error: string | undefined, cause: string | undefined): void {
    this.#take(token).fail(new StateError(error, cause));
    this.close(token);
  }

  /** @throws {ServiceError} as `succeed` */
  beat(token: string): void {
    this.#take(token).beat();
  }

  #take(token: string): OpenTask {
    if (token === "" || token.length > MAX_TOKEN_LENGTH || /\s/.test(token)) {
      throw new ServiceError("InvalidToken", "Invalid Token: pass on what the task was given.");
    }
    const task = this.#open.get(token);
    if (task) return task;
    if (this.#closed.has(token))
      throw new ServiceError(
        "TaskTimedOut",
        "Task Timed Out: it has timed out, was stopped or was answered before.",
      );
    throw new ServiceError("TaskDoesNotExist", "Task does not exist: no task was given this token.");
  }
}
