import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { type AccessRead, checkAccessDrift, unusablePolicy } from "./check-access-drift.ts";
import { DRIFT_CONCERN } from "../model/concern.ts";
import { keepInspection } from "./concern-reports.ts";
import { messageOf } from "./failure-message.ts";

/** Why the access policy cannot be read for: the cause of a failed state. */
interface UnusablePolicy {
  readonly unusable: string;
}

type Needs = Pick<Ports, "objects" | "records" | "clock"> & { readonly settings: Settings };

/**
 * Holds a complete read of the instance against the access policy, and keeps what it found.
 * @throws {FlowError} IncompleteRead or StoredObjectChanged when the read is not there as it was kept: the flow then says so
 */
export async function inspectDrift(
  read: AccessRead | UnusablePolicy,
  ports: Needs,
): Promise<{ concern: typeof DRIFT_CONCERN }> {
  const inspection =
    "unusable" in read ? unusablePolicy(messageOf(read.unusable)) : await checkAccessDrift(read, ports);
  await keepInspection(DRIFT_CONCERN, inspection, ports);
  return { concern: DRIFT_CONCERN };
}
