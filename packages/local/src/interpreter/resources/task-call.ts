import type { Json, JsonObject } from "../../definition/asl.ts";
import type { Runtime } from "../scope.ts";
import { StateError } from "../state-error.ts";
import type { TaskControl } from "../task-limits.ts";

/** One call of a resource by a Task state. */
export interface TaskCall extends TaskControl {
  readonly runtime: Runtime;
  readonly arguments: Json;
  /** For `.waitForTaskToken`: what the answer must name. */
  readonly token: string;
  /** Notes that the resource has taken the request on; the task ends later. */
  readonly submitted: (output: Json) => void;
}

/** @returns the task's result */
export type TaskResource = (call: TaskCall) => Promise<Json>;

/**
 * Arguments that came out of an expression could not be checked when the definition was read.
 * @param known the members that the resource takes; the first is required and is text
 * @throws {StateError} States.Runtime
 */
export function readArguments(call: TaskCall, known: readonly [string, ...string[]]): JsonObject {
  const given = call.arguments;
  const [required] = known;
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new StateError("States.Runtime", "Arguments must give an object.");
  }
  const members = given as JsonObject;
  const unknown = Object.keys(members).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new StateError("States.Runtime", `Arguments.${unknown} is not supported.`);
  if (typeof members[required] !== "string") {
    throw new StateError("States.Runtime", `Arguments.${required} must be a string.`);
  }
  return members;
}
