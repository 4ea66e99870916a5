import { FlowError } from "../errors.ts";
import type { Quarantine } from "../ports/provisioning-jobs.ts";

/** A quarantine as a failure, in Entra's own words. */
export function quarantined(quarantine: Quarantine | null): FlowError<"ProvisioningQuarantined"> {
  const why = [quarantine?.reason, quarantine?.code, quarantine?.message].filter(Boolean).join(": ");
  return new FlowError(
    "ProvisioningQuarantined",
    `Entra has put the provisioning job into quarantine. ${why || "It gives no reason."}`,
  );
}
