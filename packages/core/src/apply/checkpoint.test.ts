import { describe, expect, it } from "vitest";
import { aPlan } from "../../test-support/sample-plan.ts";
import { creates } from "../../test-support/apply-harness.ts";
import { Checkpoint } from "./checkpoint.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { checkConservation } from "./outcome.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";

const plan = aPlan(creates(10_000, 100));

describe("the checkpoint", () => {
  it("remembers the result of each change", async () => {
    const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
    const first = await Checkpoint.open("p", plan, ports);
    first.settle(0, "created");
    first.settle(1, "skipped");
    first.fail(3, "no");
    await first.save();

    const second = await Checkpoint.open("p", plan, ports);

    expect([first.isResumed, second.isResumed]).toEqual([false, true]);
    expect(second.counts).toEqual({ created: 1, deleted: 0, skipped: 1, failed: 1, open: 9_997 });
    expect(second.openIndexes().slice(0, 3)).toEqual([2, 4, 5]);
    expect(second.outcome().failed).toEqual([{ change: plan.assignments[3], reason: "no" }]);
  });

  it("stays below what one item of the table may hold, whatever goes wrong", async () => {
    const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
    const checkpoint = await Checkpoint.open("p", plan, ports);
    plan.assignments.forEach((_, index) => checkpoint.fail(index, `request ${index}: ${"x".repeat(1_000)}`));
    await checkpoint.save();

    const stored = await ports.records.get("apply", "p");

    expect(JSON.stringify(stored?.value).length).toBeLessThan(400_000);
    expect(checkpoint.outcome().failed).toHaveLength(10_000);
    expect(checkpoint.outcome().failed.at(-1)?.reason).toBe(
      "failed; the reasons of the first 500 kinds are kept",
    );
  });

  it("is written at most every five seconds on the way", async () => {
    const ports = { records: new MemoryRecords(), clock: new VirtualClock() };
    const checkpoint = await Checkpoint.open("p", plan, ports);
    const revision = async () => (await ports.records.get("apply", "p"))?.revision;
    await ports.clock.sleep(4_999);
    await checkpoint.saveIfDue();
    expect(await revision()).toBe(1);
    await ports.clock.sleep(1);
    await checkpoint.saveIfDue();
    expect(await revision()).toBe(2);
  });
});

describe("conservation", () => {
  const counts = { created: 1, deleted: 1, skipped: 1, failed: 1, open: 2 };

  it("holds when everything settled and in hand adds up", () => {
    expect(() => checkConservation(counts, 6, 2)).not.toThrow();
  });

  it.each([
    [7, 2],
    [6, 1],
    [5, 1],
  ])("is broken for %i changes with %i in hand", (total, inHand) => {
    expect(() => checkConservation(counts, total, inHand)).toThrow(
      expect.objectContaining({ name: "Unexpected" }),
    );
  });
});
