import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { tightenGuardrails } from "../plan/tighten-guardrails.ts";
import type { Settings } from "../settings.ts";
import { readLastSync } from "../sync-access/last-sync.ts";
import { loadPolicy } from "../sync-access/load-policy.ts";
import { describePause, readPause } from "../sync-access/pause.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection } from "./inspection.ts";

const HOUR_MILLISECONDS = 3_600_000;
/** A day, and time for one retry: the scheduled run is daily. */
const WARN_HOURS = 26;
const CRITICAL_HOURS = 72;

type Needs = Pick<Ports, "records" | "objects" | "clock"> & {
  readonly settings: Pick<Settings, "policyKey" | "guardrails">;
};

/** When access was last updated to match the access policy, and whether anything prevents that now. */
export async function checkLastSync(ports: Needs): Promise<Inspection> {
  const paused = await findPause(ports);
  const last = await readLastSync(ports);
  if (last === null) {
    const what = "sync-access has never finished applying a plan.";
    return checked("never", { findings: [...paused, finding("NeverSynced", what)] });
  }
  const hours = Math.floor((ports.clock.now() - Date.parse(last.at)) / HOUR_MILLISECONDS);
  const findings = [...paused];
  if (hours > WARN_HOURS) {
    const what = `sync-access last finished ${hours} hours ago, at ${last.at}.`;
    const severity = hours > CRITICAL_HOURS ? "critical" : "warning";
    findings.push(finding("SyncOverdue", what, { severity }));
  }
  if (last.failed > 0) {
    const what = `${last.failed} changes of the last run failed (object ${last.reportKey}).`;
    findings.push(finding("SyncIncomplete", what));
  }
  return checked(`at ${last.at.slice(0, 16)}Z`, { findings, figures: { reconcileAgeHours: hours } });
}

async function findPause({ settings, ...ports }: Needs): Promise<Finding[]> {
  const pause = await readPause(ports);
  if (pause) return [finding("SyncPaused", `${describePause(pause)}.`)];
  try {
    const { guardrails } = await loadPolicy(settings, ports);
    if (!tightenGuardrails(settings.guardrails, guardrails).paused) return [];
  } catch (error) {
    // An unusable policy is the finding of another concern.
    if (!isFlowError(error, "PolicyInvalid", "PolicyMissing")) throw error;
    if (!settings.guardrails.paused) return [];
  }
  return [finding("SyncPaused", "The access policy or the deployment's settings pause all runs.")];
}
