import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../apply/memory-records.ts";
import { VirtualClock } from "../apply/virtual-clock.ts";
import { aPlan } from "../plan/sample-plan.ts";
import { recentDeletions, reserveDeletions, settleDeletions } from "./deletion-budget.ts";

const HOUR = 3_600_000;

function setUp() {
  return { records: new MemoryRecords(), clock: new VirtualClock() };
}

function planOf(deletes: number) {
  return { counts: { ...aPlan([]).counts, deletes } };
}

describe("the budget of deletions", () => {
  it("counts what runs delete within 24 hours, from before their first write on", async () => {
    const ports = setUp();
    await reserveDeletions("plan-1", planOf(30), ports);
    expect(await recentDeletions(ports)).toBe(30);
    await settleDeletions("plan-1", { deleted: 28 }, ports);
    await ports.clock.sleep(12 * HOUR);
    await reserveDeletions("plan-2", planOf(5), ports);
    expect(await recentDeletions(ports)).toBe(33);

    await ports.clock.sleep(12 * HOUR);
    expect(await recentDeletions(ports)).toBe(5);
  });

  it("counts a run that is invoked again once, and gives back what was not deleted", async () => {
    const ports = setUp();
    await reserveDeletions("plan-1", planOf(30), ports);
    await reserveDeletions("plan-1", planOf(30), ports);
    expect(await recentDeletions(ports)).toBe(30);
    await settleDeletions("plan-1", { deleted: 0 }, ports);
    expect(await recentDeletions(ports)).toBe(0);
  });

  it("writes nothing for a run without deletions", async () => {
    const ports = setUp();
    await reserveDeletions("plan-1", planOf(0), ports);
    expect(await ports.records.list("deletions")).toEqual([]);
  });
});
