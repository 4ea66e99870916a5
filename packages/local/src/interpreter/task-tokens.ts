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

/** The tasks that wait for an answer, by token. */
export class TaskTokens {
  readonly #open = new Map<string, OpenTask>();
  /** Tokens stay known after their task has ended: AWS tells a late answer from a wrong one. */
  readonly #closed = new Set<string>();

  open(token: string, task: OpenTask): void {
    this.#open.set(token, task);
  }

  close(token: string): void {
    this.#open.delete(token);
    this.#closed.add(token);
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
      throw new ServiceError("InvalidToken", "The task token is malformed: pass on what the task was given.");
    }
    const task = this.#open.get(token);
    if (task) return task;
    if (this.#closed.has(token))
      throw new ServiceError("TaskTimedOut", "The task has timed out or was answered before.");
    throw new ServiceError("TaskDoesNotExist", "No task of this runner was given this token.");
  }
}
