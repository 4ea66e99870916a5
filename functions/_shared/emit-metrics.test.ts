import type { EventSink } from "@landbridge/core";
import { describe, expect, it, vi } from "vitest";
import { events } from "./emit-metrics.ts";
import { logEvents } from "./log-events.ts";

const CHECKED = {
  worst: "critical",
  notice: 1,
  warning: 2,
  critical: 1,
  figures: { scimTokenDaysLeft: 12, jobQuarantined: 1, driftCount: 0 },
} as const;

/** What a function logs. */
function linesOf(act: () => void): Record<string, unknown>[] {
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
  try {
    act();
  } finally {
    spy.mockRestore();
  }
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe("metrics", () => {
  it("are the numbers of health.checked in the embedded metric format, by the names that alarms use", () => {
    const lines = linesOf(() => events({ events: logEvents }).emit("health.checked", CHECKED));
    const metrics = lines.find((line) => "_aws" in line);
    expect(metrics).toMatchObject({
      scim_token_days_left: 12,
      entra_job_quarantined: 1,
      drift_count: 0,
      health_warnings: 2,
      health_critical: 1,
      _aws: { CloudWatchMetrics: [{ Namespace: "Landbridge", Dimensions: [["service"]] }] },
    });
    expect(metrics).not.toHaveProperty("certificate_days_left");
  });

  it("are not written where events do not go to a function's log", () => {
    const seen: string[] = [];
    const sink: EventSink = { emit: (code) => void seen.push(code) };
    expect(linesOf(() => events({ events: sink }).emit("health.checked", CHECKED))).toEqual([]);
    expect(seen).toEqual(["health.checked"]);
  });
});
