import { type JobQuarantine, NEVER, type QuarantineReason, type SynchronizationError } from "./job-status.ts";

/** Why a cycle ends in quarantine. */
export interface Verdict {
  readonly reason: QuarantineReason;
  readonly error: SynchronizationError;
}

const HOUR_MILLISECONDS = 3_600_000;
/** From the first failure on, then every 24 hours ("Application provisioning in quarantine status", retry duration). */
const FIRST_ATTEMPTS_HOURS = [6, 12, 24];
const LONGEST_HOURS = 28 * 24;

/** @param now ISO time. A next attempt in the year 1 means that 28 days have passed and the job must be disabled. */
export function imposeQuarantine(
  before: JobQuarantine | null,
  { reason, error }: Verdict,
  now: string,
): JobQuarantine {
  const seriesBeganAt = before?.seriesBeganAt ?? now;
  const hours = (Date.parse(now) - Date.parse(seriesBeganAt)) / HOUR_MILLISECONDS;
  const next = FIRST_ATTEMPTS_HOURS.find((attempt) => attempt > hours) ?? 24 * (Math.floor(hours / 24) + 1);
  return {
    reason,
    error,
    beganAt: now,
    seriesBeganAt,
    seriesCount: (before?.seriesCount ?? 0) + 1,
    nextAttemptAt:
      hours >= LONGEST_HOURS
        ? NEVER
        : new Date(Date.parse(seriesBeganAt) + next * HOUR_MILLISECONDS).toISOString(),
  };
}

const LEAST_FAILURES = 5000;
const MOST_PROPORTION = 0.4;
const MOST_FAILURES = 40_000;
const MOST_WITH_REFERENCES = 60_000;

/** Whether too much has failed ("Application provisioning in quarantine status", escrow thresholds). */
export function judgeEscrows(counts: {
  readonly failures: number;
  readonly references: number;
  /** Objects that are in order. */
  readonly successes: number;
}): Verdict | null {
  const { failures, references, successes } = counts;
  if (failures + references > MOST_WITH_REFERENCES)
    return exceeded("EncounteredTotalEscrowThreshold", counts);
  if (failures > MOST_FAILURES) return exceeded("EncounteredBaseEscrowThreshold", counts);
  if (failures < LEAST_FAILURES || failures / (failures + successes) <= MOST_PROPORTION) return null;
  return exceeded("EncounteredEscrowProportionThreshold", counts);
}

/** Code and text are not documented. */
function exceeded(
  reason: QuarantineReason,
  { failures, references, successes }: { failures: number; references: number; successes: number },
): Verdict {
  const message = `${failures} objects and ${references} references failed, ${successes} objects are in order.`;
  return { reason, error: { code: reason, message } };
}
