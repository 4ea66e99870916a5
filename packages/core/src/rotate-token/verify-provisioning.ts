import { FlowError } from "../errors.ts";
import { quarantined } from "../connect/quarantined.ts";
import type { Ports } from "../ports/ports.ts";
import { readTokens } from "./tokens.ts";

/** A cycle begins every 40 minutes and may, in a large tenant, take hours. */
const PATIENCE_HOURS = 12;

/**
 * One check whether a provisioning cycle that began after the token's installation has succeeded.
 * @param installedAt ISO time
 * @throws {FlowError} ProvisioningQuarantined with Entra's own code and message, ProvisioningTimedOut
 */
export async function verifyProvisioning(
  installedAt: string,
  ports: Pick<Ports, "records" | "provisioning" | "clock" | "events">,
): Promise<{ verified: boolean }> {
  const { application, jobId } = await readTokens(ports);
  const status = await ports.provisioning.readStatus(application.servicePrincipalId, jobId);
  const { code, users, groups, quarantine, lastCycle } = status;
  ports.events.emit("provisioning.observed", { status: code, users, groups });
  const since = Date.parse(installedAt);
  // One that is older is of the former token; Entra lifts it when the job starts again.
  const isOlder = Date.parse(quarantine?.beganAt ?? installedAt) < since;
  if (code === "Quarantine" && !isOlder) throw quarantined(quarantine);
  if (code === "Paused") {
    ports.events.emit("warning.raised", {
      message:
        "Provisioning is paused in Entra: the new token passed Entra's own test, but no cycle has used it",
    });
    return { verified: true };
  }
  // Entries that fail are not the token's fault.
  const verified =
    lastCycle !== null && lastCycle.state !== "Failed" && Date.parse(lastCycle.beganAt) >= since;
  if (!verified && ports.clock.now() > since + PATIENCE_HOURS * 3_600_000) {
    throw new FlowError(
      "ProvisioningTimedOut",
      `No provisioning cycle has succeeded with the new token within ${PATIENCE_HOURS} hours (status ${code})`,
    );
  }
  return { verified };
}
