import { StateError } from "./state-error.ts";

/** A task was started and failed, or ran out of time. */
export class TaskError extends StateError {}
