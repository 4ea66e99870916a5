import type { Violation } from "./violation.ts";

interface Deviation extends Pick<Violation, "service" | "operation" | "direction" | "path"> {
  /** Why the service is thought not to keep to its contract here, and how sure that is. */
  readonly basis: string;
}

/**
 * Where the real service is thought to break its own contract, so that a simulator that does the same is right. Everything
 * here weakens the check.
 */
const DEVIATIONS: readonly Deviation[] = [
  {
    service: "sso-admin",
    operation: "GetInlinePolicyForPermissionSet",
    direction: "response",
    path: "$.InlinePolicy",
    basis: "Unverified: nothing documents the answer without a policy; the sandbox answers an empty text.",
  },
];

export function isKnownDeviation(violation: Violation): boolean {
  return DEVIATIONS.some(
    ({ service, operation, direction, path }) =>
      violation.service === service &&
      violation.operation === operation &&
      violation.direction === direction &&
      violation.path === path,
  );
}
