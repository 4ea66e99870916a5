import { describe, expect, it } from "vitest";
import type { ProvisioningJobs, ProvisioningStatus } from "../ports/provisioning-jobs.ts";
import { startProvisioning } from "./start-provisioning.ts";

async function startsFrom(status: Pick<ProvisioningStatus, "code" | "isScheduled">): Promise<boolean> {
  let starts = 0;
  const provisioning = {
    readStatus: async () => ({
      initialCycleAt: null,
      lastCycle: null,
      quarantine: null,
      users: 0,
      groups: 0,
      ...status,
    }),
    start: async () => {
      starts += 1;
    },
  } as Partial<ProvisioningJobs> as ProvisioningJobs;
  const { started } = await startProvisioning("sp", "job", { provisioning });
  expect(starts).toBe(started ? 1 : 0);
  return started;
}

describe("startProvisioning", () => {
  it.each([
    ["NotConfigured", false],
    ["NotRun", false],
    ["Paused", false],
    ["Quarantine", true],
  ] as const)("starts a job in %s (scheduled: %s)", async (code, isScheduled) => {
    expect(await startsFrom({ code, isScheduled })).toBe(true);
  });

  it.each(["NotRun", "Active"] as const)(
    "leaves a job alone that runs (%s): Entra may stop one that is started twice",
    async (code) => {
      expect(await startsFrom({ code, isScheduled: true })).toBe(false);
    },
  );
});
