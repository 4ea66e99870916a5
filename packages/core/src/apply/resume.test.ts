import { describe, expect, it } from "vitest";
import { ApplyHarness, aChange, creates } from "../../test-support/apply-harness.ts";

describe("resuming", () => {
  it("stops starting at the deadline, lets running operations end, and continues in the next invocation", async () => {
    const harness = await ApplyHarness.of(creates(100, 30));
    let remaining = 100;
    let invocations = 0;
    while (remaining > 0) {
      const outcome = await harness.apply({ deadline: harness.clock.now() + 5_000 });
      expect(outcome.created + outcome.remaining).toBe(100);
      expect(outcome.remaining).toBeLessThan(remaining);
      remaining = outcome.remaining;
      invocations++;
    }

    expect(invocations).toBeGreaterThan(2);
    expect(harness.identityCenter.started).toHaveLength(100);
    expect(harness.identityCenter.violations).toEqual([]);
    expect(await harness.ledger()).toEqual(harness.keysOfCreates());
  });

  it("starts nothing when it is called after its deadline", async () => {
    const harness = await ApplyHarness.of(creates(3, 3));
    expect(await harness.apply({ deadline: harness.clock.now() })).toMatchObject({
      created: 0,
      remaining: 3,
    });
    expect(harness.identityCenter.started).toEqual([]);
  });

  it("leaves an operation behind that does not end, waits for it next time and counts it as done", async () => {
    const harness = await ApplyHarness.of([aChange("create", 1, 1), aChange("delete", 2, 2)]);
    harness.identityCenter.behaviour = { latencyMilliseconds: () => 180_000 };

    const first = await harness.apply({ deadline: harness.clock.now() + 1_000 });
    const second = await harness.apply({ deadline: harness.clock.now() + 1_000 });
    const third = await harness.apply();

    expect(first).toMatchObject({ created: 0, deleted: 0, remaining: 2 });
    expect(second).toMatchObject({ remaining: 2 });
    expect(third).toEqual({ created: 0, deleted: 0, skipped: 2, failed: [], remaining: 0 });
    expect(harness.identityCenter.started).toHaveLength(2);
    expect(await harness.ledger()).toEqual(harness.keysOfCreates());
  });

  it("answers the same again, without a call, when all is done", async () => {
    const harness = await ApplyHarness.of(creates(3, 3));
    harness.identityCenter.behaviour = { failureReason: (key) => (key.endsWith("store-2") ? "no" : null) };
    const outcome = await harness.apply();
    const calls = { ...harness.identityCenter.calls };

    expect(await harness.apply()).toEqual(outcome);
    expect(outcome.failed).toHaveLength(1);
    expect(harness.identityCenter.calls).toEqual(calls);
  });
});
