import { FlowError } from "@landbridge/core";

/**
 * Requires a member that the SDK declares optional and a read needs.
 * @throws {FlowError} IncompleteRead
 */
export function required<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) {
    throw new FlowError("IncompleteRead", `AWS answered without ${what}`);
  }
  return value;
}
