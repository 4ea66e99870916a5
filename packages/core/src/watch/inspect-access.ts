import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { checkLastSync } from "./check-last-sync.ts";
import { checkProvisioningScope } from "./check-provisioning-scope.ts";
import type { AccessConcern } from "../model/concern.ts";
import { keepInspection } from "./concern-reports.ts";
import type { Inspection } from "./inspection.ts";

type Needs = Pick<Ports, "records" | "objects" | "clock" | "directory" | "applications"> & {
  readonly settings: Settings;
};

const CHECKS: Readonly<Record<AccessConcern, (ports: Needs) => Promise<Inspection>>> = {
  "provisioning-scope": checkProvisioningScope,
  "last-sync": checkLastSync,
};

/**
 * Compares the current state with the access policy, in one respect, and stores the result.
 * @throws {FlowError} when it cannot be looked at: the flow then says so
 */
export async function inspectAccess(
  concern: AccessConcern,
  ports: Needs,
): Promise<{ concern: AccessConcern }> {
  await keepInspection(concern, await CHECKS[concern](ports), ports);
  return { concern };
}
