import {
  FlowError,
  type ProvisioningCycle,
  type ProvisioningStatus,
  type Quarantine,
} from "@landbridge/core";
import type { GraphObject } from "./answer.ts";

const STATES = ["Succeeded", "Failed", "EntryLevelErrors"] as const;
const CODES = ["NotConfigured", "NotRun", "Active", "Paused", "Quarantine"] as const;

/** Reads a synchronizationJob. @throws {FlowError} IncompleteRead */
export function toProvisioningStatus(job: GraphObject): ProvisioningStatus {
  const status = job.child("status");
  const counts = status.raw("synchronizedEntryCountByType")
    ? status.list("synchronizedEntryCountByType")
    : [];
  return {
    code: toCode(status.text("code")),
    isScheduled: job.child("schedule").text("state") === "Active",
    initialCycleAt: toTime(status.optionalText("steadyStateFirstAchievedTime")),
    lastCycle: toCycle(status.optionalChild("lastExecution")),
    quarantine: toQuarantine(status.optionalChild("quarantine")),
    users: count(counts, /user/i),
    groups: count(counts, /group/i),
  };
}

function toCode(code: string): ProvisioningStatus["code"] {
  const known = CODES.find((candidate) => candidate === code);
  if (known) return known;
  throw new FlowError(
    "IncompleteRead",
    `The provisioning job has a status that Landbridge does not know: ${code}`,
  );
}

/** The year 1 is Graph's "never". */
function toTime(time: string | null): string | null {
  return time === null || time.startsWith("0001-") ? null : time;
}

/** A state that is not known proves nothing: it counts as a failure. */
function toCycle(execution: GraphObject | null): ProvisioningCycle | null {
  const beganAt = toTime(execution?.optionalText("timeBegan") ?? null);
  if (!execution || beganAt === null) return null;
  const state = STATES.find((candidate) => candidate === execution.optionalText("state")) ?? "Failed";
  return { state, beganAt };
}

function toQuarantine(quarantine: GraphObject | null): Quarantine | null {
  if (quarantine === null) return null;
  const error = quarantine.optionalChild("error");
  return {
    beganAt: toTime(quarantine.optionalText("currentBegan")),
    seriesBeganAt: toTime(quarantine.optionalText("seriesBegan")),
    reason: quarantine.optionalText("reason") ?? "Unknown",
    code: error?.optionalText("code") ?? null,
    message: error?.optionalText("message") ?? null,
  };
}

/** Keys name a type in words of the connector; each is about users or about groups. */
function count(entries: readonly GraphObject[], type: RegExp): number {
  return entries
    .filter((entry) => type.test(entry.optionalText("key") ?? ""))
    .reduce((sum, entry) => sum + Number(entry.raw("value") ?? 0), 0);
}
