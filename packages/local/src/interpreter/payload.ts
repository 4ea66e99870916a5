import type { Json } from "../definition/asl.ts";
import { StateError } from "./state-error.ts";

/** Input, output, arguments, results and variables, in UTF-8. [Step Functions: Service quotas] */
export const MAX_PAYLOAD_BYTES = 262_144;

export function isTooLarge(text: string): boolean {
  return Buffer.byteLength(text) > MAX_PAYLOAD_BYTES;
}

/** @throws {StateError} States.DataLimitExceeded */
export function checkSize(value: Json, what: string): void {
  if (!isTooLarge(JSON.stringify(value))) return;
  throw new StateError(
    "States.DataLimitExceeded",
    `${what} is larger than ${MAX_PAYLOAD_BYTES} bytes of JSON.`,
  );
}
