import { readConnection } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import type { ProvisioningStatus, Quarantine } from "../ports/provisioning-jobs.ts";
import { dayOf } from "./expiry.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection, notApplicable } from "./inspection.ts";

const DAY_MILLISECONDS = 86_400_000;
/** From the first failure on ("Application provisioning in quarantine status", retry duration). */
const DISABLED_AFTER_DAYS = 28;

/** The state of Entra's provisioning job: quarantine with Entra's own reason, and when Entra disables the job. */
export async function checkProvisioningJob({
  records,
  provisioning,
  clock,
}: Pick<Ports, "records" | "provisioning" | "clock">): Promise<Inspection> {
  const { application, jobId } = await readConnection(records);
  if (!application || !jobId) return notApplicable("no provisioning job yet");
  const status = await provisioning.readStatus(application.servicePrincipalId, jobId);
  return checked(describe(status), {
    findings: judge(status, clock.now()),
    figures: { jobQuarantined: status.code === "Quarantine" ? 1 : 0 },
  });
}

function describe({ code, users, groups, lastCycle }: ProvisioningStatus): string {
  const last = lastCycle === null ? "no cycle yet" : `last cycle ${lastCycle.beganAt.slice(0, 16)}Z`;
  return `${code}, ${users} users, ${groups} groups, ${last}`;
}

function judge(status: ProvisioningStatus, now: number): Finding[] {
  const { code, isScheduled, quarantine, initialCycleAt, lastCycle } = status;
  if (code === "Quarantine") return [isScheduled ? inQuarantine(quarantine) : disabled(quarantine)];
  if (code === "Paused") return [finding("JobPaused", "The provisioning job is paused.")];
  if (code !== "Active" || initialCycleAt === null)
    return [finding("JobNotStarted", `The provisioning job has not finished its first cycle (${code}).`)];
  if (!isScheduled) return [disabled(quarantine)];
  if (lastCycle !== null && now - Date.parse(lastCycle.beganAt) > DAY_MILLISECONDS)
    return [finding("JobStalled", `The last cycle began at ${lastCycle.beganAt}.`)];
  return [];
}

function inQuarantine(quarantine: Quarantine | null): Finding {
  const since = quarantine?.seriesBeganAt ?? null;
  const until =
    since === null
      ? ""
      : ` since ${dayOf(since)}; Entra disables it on ${dayOf(new Date(Date.parse(since) + DISABLED_AFTER_DAYS * DAY_MILLISECONDS).toISOString())}`;
  return finding("JobQuarantined", `The provisioning job is in quarantine${until}. ${reasonOf(quarantine)}`);
}

function disabled(quarantine: Quarantine | null): Finding {
  return finding("JobDisabled", `Entra has disabled the provisioning job. ${reasonOf(quarantine)}`);
}

function reasonOf(quarantine: Quarantine | null): string {
  if (!quarantine) return "It gives no reason.";
  const { reason, code, message } = quarantine;
  return [reason, code, message].filter((part) => part !== null).join(": ");
}
