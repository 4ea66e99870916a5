import { describe, expect, it } from "vitest";
import { type JobQuarantine, NEVER } from "./job-status.ts";
import { imposeQuarantine, judgeEscrows } from "./quarantine.ts";

const HOUR = 3_600_000;
const BEGAN = Date.parse("2026-03-02T08:00:00Z");
const VERDICT = {
  reason: "EncounteredQuarantineException",
  error: { code: "Refused", message: "refused" },
} as const;

/** Hours after the first failure at which the job is tried, each time without success. */
function attempts(): number[] {
  const hours: number[] = [];
  let quarantine: JobQuarantine | null = null;
  for (let now = new Date(BEGAN).toISOString(); ; now = quarantine.nextAttemptAt) {
    quarantine = imposeQuarantine(quarantine, VERDICT, now);
    if (quarantine.nextAttemptAt === NEVER) return hours;
    hours.push((Date.parse(quarantine.nextAttemptAt) - BEGAN) / HOUR);
  }
}

describe("a quarantine", () => {
  it("is tried after 6, 12 and 24 hours, then every 24 hours, for 28 days", () => {
    const days = Array.from({ length: 27 }, (_, index) => (index + 2) * 24);
    expect(attempts()).toEqual([6, 12, 24, ...days]);
  });

  it("keeps the beginning of its series and counts", () => {
    const first = imposeQuarantine(null, VERDICT, new Date(BEGAN).toISOString());
    const second = imposeQuarantine(first, VERDICT, first.nextAttemptAt);
    expect(second).toMatchObject({
      beganAt: first.nextAttemptAt,
      seriesBeganAt: first.beganAt,
      seriesCount: 2,
    });
  });
});

describe("the escrow thresholds", () => {
  const none = { references: 0, successes: 0 };
  it.each([
    ["fewer than 5,000 failures", { ...none, failures: 4999 }, null],
    ["5,000 failures and nothing else", { ...none, failures: 5000 }, "EncounteredEscrowProportionThreshold"],
    ["40 %", { ...none, failures: 6000, successes: 9000 }, null],
    ["more than 40 %", { ...none, failures: 6001, successes: 9000 }, "EncounteredEscrowProportionThreshold"],
    ["20,000 of 120,000", { ...none, failures: 20_000, successes: 100_000 }, null],
    ["40,001 of many", { ...none, failures: 40_001, successes: 900_000 }, "EncounteredBaseEscrowThreshold"],
    ["failed references alone", { failures: 0, references: 50_000, successes: 10 }, null],
    [
      "40,000 objects and 21,000 references",
      { failures: 40_000, references: 21_000, successes: 900_000 },
      "EncounteredTotalEscrowThreshold",
    ],
  ])("judge %s as documented", (_, counts, reason) => {
    expect(judgeEscrows(counts)?.reason ?? null).toBe(reason);
  });
});
