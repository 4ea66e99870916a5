import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aChange } from "../../test-support/apply-harness.ts";
import { Checkpoint } from "../apply/checkpoint.ts";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { aPlan } from "../../test-support/sample-plan.ts";
import { finishDeletions, recentDeletions, reserveDeletions } from "./deletion-budget.ts";
import { keepSnapshot } from "./snapshot.ts";

const HOUR = 3_600_000;
const always = () => true;

async function setUp() {
  const ports = { objects: new MemoryObjects(), records: new MemoryRecords(), clock: new VirtualClock() };
  const plan = aPlan(Array.from({ length: 30 }, (_, index) => aChange("delete", index, 1)));
  const planKey = await keepSnapshot("plan", plan, ports);
  return {
    ports,
    run: { executionArn: "arn:one", planKey, plan },
    /** Ends the plan with so many deletions; the others failed. */
    async apply(deleted: number) {
      const checkpoint = await Checkpoint.open(planKey, plan, ports);
      for (const index of checkpoint.openIndexes())
        if (index < deleted) checkpoint.settle(index, "deleted");
        else checkpoint.fail(index, "AWS could not");
      await checkpoint.close();
    },
  };
}

describe("the budget of deletions", () => {
  it("counts what runs delete within 24 hours, from before their first write on", async () => {
    const { ports, run, apply } = await setUp();
    await reserveDeletions({ ...run, count: 30 }, always, ports);
    expect(await recentDeletions(ports)).toBe(30);
    await apply(28);
    await finishDeletions(run, ports);
    await ports.clock.sleep(12 * HOUR);
    await reserveDeletions({ executionArn: "arn:two", planKey: "other", count: 5 }, always, ports);
    expect(await recentDeletions(ports)).toBe(33);

    await ports.clock.sleep(12 * HOUR);
    expect(await recentDeletions(ports)).toBe(5);
  });

  it("counts a run once, whichever plan it has reserved for, and returns what was not deleted", async () => {
    const { ports, run, apply } = await setUp();
    await reserveDeletions({ ...run, planKey: "an earlier plan", count: 20 }, always, ports);
    await reserveDeletions({ ...run, count: 30 }, always, ports);
    expect(await recentDeletions(ports)).toBe(30);
    expect(await recentDeletions(ports, run.executionArn)).toBe(0);
    await apply(0);
    await finishDeletions(run, ports);
    expect(await recentDeletions(ports)).toBe(0);
  });

  it("counts what a function that was invoked again found deleted: its dead predecessor may have done it", async () => {
    const { ports, run } = await setUp();
    await reserveDeletions({ ...run, count: 30 }, always, ports);
    const checkpoint = await Checkpoint.open(run.planKey, run.plan, ports);
    for (const index of checkpoint.openIndexes()) checkpoint.settle(index, "skipped");
    await checkpoint.close();
    await finishDeletions(run, ports);
    expect(await recentDeletions(ports)).toBe(30);
  });

  it("is never exceeded by runs that reserve at the same time", async () => {
    const runs = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(runs, fc.scheduler(), async (counts, scheduler) => {
        const records = new MemoryRecords();
        const clock = new VirtualClock();
        const slow = {
          get: scheduler.scheduleFunction(records.get.bind(records)),
          put: scheduler.scheduleFunction(records.put.bind(records)),
        };
        const ports = { records: Object.assign(Object.create(records), slow) as MemoryRecords, clock };
        const reserving = Promise.all(
          counts.map((count, run) =>
            reserveDeletions(
              { executionArn: `arn:${run}`, planKey: `plan ${run}`, count },
              (others) => others + count <= 100,
              ports,
            ),
          ),
        );
        const granted = await scheduler.waitFor(reserving);

        const spent = await recentDeletions({ records, clock });
        expect(spent).toBeLessThanOrEqual(100);
        expect(spent).toBe(counts.reduce((sum, count, run) => sum + (granted[run] ? count : 0), 0));
        // Every refused run did not fit within the budget with the others.
        const refused = counts.filter((_, run) => !granted[run]);
        expect(refused.filter((count) => spent + count <= 100)).toEqual([]);
      }),
    );
  });
});
