import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { quarantined } from "./quarantined.ts";

/** Microsoft: an initial cycle takes 20 minutes to several hours. */
const PATIENCE_HOURS = 12;

/**
 * One poll of the first provisioning cycle.
 * @param since ISO time from which the cycle is waited for
 * @throws {FlowError} ProvisioningQuarantined with Entra's own code and message, ProvisioningTimedOut
 */
export async function watchInitialCycle(
  target: { readonly servicePrincipalId: string; readonly jobId: string; readonly since: string },
  { provisioning, clock, events }: Pick<Ports, "provisioning" | "clock" | "events">,
): Promise<{ done: boolean; users: number; groups: number }> {
  const status = await provisioning.readStatus(target.servicePrincipalId, target.jobId);
  const { users, groups, quarantine } = status;
  events.emit("provisioning.observed", { status: status.code, users, groups });
  if (status.code === "Quarantine") throw quarantined(quarantine);
  const done = status.code === "Active" && status.initialCycleAt !== null;
  if (!done && clock.now() > Date.parse(target.since) + PATIENCE_HOURS * 3_600_000) {
    throw new FlowError(
      "ProvisioningTimedOut",
      `The first cycle has not finished after ${PATIENCE_HOURS} hours (status ${status.code})`,
    );
  }
  return { done, users, groups };
}
