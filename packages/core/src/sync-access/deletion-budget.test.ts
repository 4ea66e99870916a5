import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aChange } from "../apply/apply-harness.ts";
import { MemoryRecords } from "../apply/memory-records.ts";
import { VirtualClock } from "../apply/virtual-clock.ts";
import { planHash } from "../plan/plan-hash.ts";
import { aPlan } from "../plan/sample-plan.ts";
import { recentDeletions, reserveDeletions, settleDeletions } from "./deletion-budget.ts";

const HOUR = 3_600_000;
const ONE = aPlan([aChange("delete", 1, 1)]);
const TWO = aPlan([aChange("delete", 2, 2)]);
const always = () => true;

function setUp() {
  return { records: new MemoryRecords(), clock: new VirtualClock() };
}

describe("the budget of deletions", () => {
  it("counts what runs delete within 24 hours, from before their first write on", async () => {
    const ports = setUp();
    await reserveDeletions({ hash: planHash(ONE), count: 30 }, always, ports);
    expect(await recentDeletions(ports)).toBe(30);
    await settleDeletions("plan-1", ONE, { ...ports, deleted: 28 });
    await ports.clock.sleep(12 * HOUR);
    await reserveDeletions({ hash: planHash(TWO), count: 5 }, always, ports);
    expect(await recentDeletions(ports)).toBe(33);

    await ports.clock.sleep(12 * HOUR);
    expect(await recentDeletions(ports)).toBe(5);
  });

  it("counts a plan that is tried again once, and gives back what was not deleted", async () => {
    const ports = setUp();
    await reserveDeletions({ hash: planHash(ONE), count: 30 }, always, ports);
    await reserveDeletions({ hash: planHash(ONE), count: 30 }, always, ports);
    expect(await recentDeletions(ports)).toBe(30);
    expect(await recentDeletions(ports, planHash(ONE))).toBe(0);
    await settleDeletions("plan-1", ONE, { ...ports, deleted: 0 });
    expect(await recentDeletions(ports)).toBe(0);
  });

  it("counts the same deletions again when they are done again", async () => {
    const ports = setUp();
    for (const planKey of ["plan-1", "plan-2"]) {
      await reserveDeletions({ hash: planHash(ONE), count: 10 }, always, ports);
      await settleDeletions(planKey, ONE, { ...ports, deleted: 10 });
    }
    expect(await recentDeletions(ports)).toBe(20);
  });

  it("is never exceeded by runs that reserve at the same time", async () => {
    const runs = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(runs, fc.scheduler(), async (counts, scheduler) => {
        const { records, clock } = setUp();
        const slow = {
          get: scheduler.scheduleFunction(records.get.bind(records)),
          put: scheduler.scheduleFunction(records.put.bind(records)),
        };
        const ports = { records: Object.assign(Object.create(records), slow) as MemoryRecords, clock };
        const reserving = Promise.all(
          counts.map((count, run) =>
            reserveDeletions({ hash: `run ${run}`, count }, (others) => others + count <= 100, ports),
          ),
        );
        const granted = await scheduler.waitFor(reserving);

        const spent = await recentDeletions({ records, clock });
        expect(spent).toBeLessThanOrEqual(100);
        expect(spent).toBe(counts.reduce((sum, count, run) => sum + (granted[run] ? count : 0), 0));
        // Whoever was refused did not fit beside the others.
        const refused = counts.filter((_, run) => !granted[run]);
        expect(refused.filter((count) => spent + count <= 100)).toEqual([]);
      }),
    );
  });
});
