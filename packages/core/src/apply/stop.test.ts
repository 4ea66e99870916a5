import { describe, expect, it } from "vitest";
import { APPLIED } from "./checkpoint.ts";
import { FlowError } from "../errors.ts";
import { ApplyHarness, creates } from "../../test-support/apply-harness.ts";

/** Whether the checkpoint of a paused run is closed, with or without an earlier lost answer of AWS. */
async function isClosed(lostAnswer: boolean): Promise<boolean | undefined> {
  const harness = await ApplyHarness.of(creates(60, 60));
  const { identityCenter } = harness;
  identityCenter.behaviour = {
    refusal(_, number) {
      if (number === 20) harness.refusal = new FlowError("SyncPaused", "now");
      return lostAnswer && number === 10 ? new FlowError("ServiceUnavailable", "no answer") : null;
    },
  };
  await expect(harness.apply()).rejects.toMatchObject({ name: "SyncPaused" });
  return (await APPLIED.get(harness.records, "plan-1"))?.value.isClosed;
}

describe("a run that loses the right to write", () => {
  it.each(["RunOvertaken", "RunStopped", "SyncPaused"] as const)(
    "(%s) starts nothing more, counts what AWS had already taken, and can be resumed",
    async (name) => {
      const harness = await ApplyHarness.of(creates(60, 60));
      const { identityCenter } = harness;
      identityCenter.behaviour = {
        refusal() {
          if (identityCenter.started.length === 20) harness.refusal = new FlowError(name, "now");
          return null;
        },
      };
      await expect(harness.apply()).rejects.toMatchObject({ name });
      const ended = identityCenter.started.length;
      expect(ended).toBeGreaterThanOrEqual(20);
      expect(ended).toBeLessThanOrEqual(20 + 15);

      harness.refusal = null;
      identityCenter.behaviour = {};
      expect(await harness.apply()).toMatchObject({ created: 60, skipped: 0, remaining: 0 });
      expect(identityCenter.started).toHaveLength(60);
    },
  );

  it("leaves a checkpoint that says whether it knows of everything that was begun", async () => {
    expect(await isClosed(false)).toBe(true);
    // AWS may have taken the tenth.
    expect(await isClosed(true)).toBe(false);
  });

  it("starts nothing at all when it had none to begin with", async () => {
    const harness = await ApplyHarness.of(creates(3, 3));
    harness.refusal = new FlowError("RunOvertaken", "before");
    await expect(harness.apply()).rejects.toThrow("before");
    expect(harness.identityCenter.started).toEqual([]);
  });

  it("surfaces a proof that cannot be had", async () => {
    const harness = await ApplyHarness.of(creates(3, 3));
    harness.refusal = new FlowError("AccessDenied", "states:DescribeExecution");
    await expect(harness.apply()).rejects.toMatchObject({ name: "AccessDenied" });
  });
});
