import type { Json, JsonObject } from "../../definition/asl.ts";
import { OwnError } from "../own-error.ts";
import type { Runtime } from "../scope.ts";
import type { TaskControl } from "../task-limits.ts";

/** One call of a resource by a Task state. */
export interface TaskCall extends TaskControl {
  readonly runtime: Runtime;
  readonly arguments: JsonObject;
  /** The execution that the task belongs to. */
  readonly executionArn: string;
  /** For `.waitForTaskToken`: what the answer must name. */
  readonly token: string;
  /** Records that the resource has accepted the request; the task ends later. */
  readonly submitted: (output: Json) => void;
}

/** @returns the task's result */
export type TaskResource = (call: TaskCall) => Promise<Json>;

/**
 * Arguments from an expression could not be checked when the definition was read.
 * @param known the members that the resource takes; the first is required and is text
 * @throws {OwnError} States.Runtime
 */
export function checkArguments(given: Json, known: readonly [string, ...string[]]): JsonObject {
  const [required] = known;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw refuse("Arguments must give an object.");
  }
  const members = given as JsonObject;
  const unknown = Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== undefined) throw refuse(`Arguments/${unknown} is not supported.`);
  if (typeof members[required] !== "string") throw refuse(`Arguments/${required} must be a string.`);
  return members;
}

function refuse(reason: string): OwnError {
  return new OwnError("States.Runtime", reason, null);
}
