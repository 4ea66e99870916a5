import type { Json } from "../definition/asl.ts";
import { StateError } from "./state-error.ts";

/** Input, output, arguments, results and variables, in UTF-8. [Step Functions: Service quotas] */
export const MAX_PAYLOAD_BYTES = 262_144;

export function isTooLarge(text: string): boolean {
  return Buffer.byteLength(text) > MAX_PAYLOAD_BYTES;
}

/**
 * @param what what is checked: the name of the state, or of the service that a task called
 * @throws {StateError} States.DataLimitExceeded
 */
export function checkSize(value: Json, what: string): void {
  if (!isTooLarge(JSON.stringify(value))) return;
  throw new StateError(
    "States.DataLimitExceeded",
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}
