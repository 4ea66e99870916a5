import { describe, expect, it } from "vitest";
import { MemoryObjects } from "../apply/memory-objects.ts";
import { MemoryRecords } from "../apply/memory-records.ts";
import { VirtualClock } from "../apply/virtual-clock.ts";
import { aChange } from "../apply/apply-harness.ts";
import { planHash } from "../plan/plan-hash.ts";
import { aPlan } from "../plan/sample-plan.ts";
import { recentDeletions } from "./deletion-budget.ts";
import { judgePlan } from "./judge-plan.ts";
import { keepSnapshot } from "./snapshot.ts";

const guardrails = {
  maxDeletions: 50,
  maxDeletionPercent: 100,
  deletionsPerDay: 60,
  approveAbove: { assignments: null, accounts: null },
  paused: false,
};

function setUp() {
  const objects = new MemoryObjects();
  const ports = { objects, records: new MemoryRecords(), clock: new VirtualClock() };
  return {
    ports,
    /** A plan that deletes so many, from that account on. */
    async plan(deletes: number, account: number) {
      const plan = aPlan(
        Array.from({ length: deletes }, (_, index) => aChange("delete", account + index, 1)),
      );
      return { planKey: await keepSnapshot("plan", plan, ports), planHash: planHash(plan) };
    },
    judge: (
      made: { planKey: string; planHash: string },
      more: { mode?: "plan"; approvedHash?: string } = {},
    ) =>
      judgePlan(
        { ...made, mode: "apply", approvedHash: "", ...more },
        { ...ports, settings: { guardrails } as never },
      ),
  };
}

describe("judging a plan", () => {
  it("lets one of two runs at the same time go when the budget of the day has room for one", async () => {
    const { plan, judge, ports } = setUp();
    const [one, two] = [await plan(40, 1), await plan(40, 100)];
    const verdicts = await Promise.all([judge(one), judge(two)]);
    expect(verdicts.map(({ verdict }) => verdict).toSorted()).toEqual(["go", "hold"]);
    expect(verdicts.flatMap(({ reasons }) => reasons)).toEqual([
      "40 assignments would be deleted after 40 in the last 24 hours; without approval at most 60 are",
    ]);
    expect(await recentDeletions(ports)).toBe(40);
  });

  it("judges the same plan again as the first time", async () => {
    const { plan, judge, ports } = setUp();
    const made = await plan(40, 1);
    await judge(made);
    expect((await judge(made)).verdict).toBe("go");
    expect(await recentDeletions(ports)).toBe(40);
  });

  it("reserves what was approved beyond the budget, and exactly that", async () => {
    const { plan, judge, ports } = setUp();
    const [one, two] = [await plan(40, 1), await plan(40, 100)];
    await judge(one);
    await judge(two, { approvedHash: one.planHash });
    expect(await recentDeletions(ports)).toBe(40);
    await judge(two, { approvedHash: two.planHash });
    expect(await recentDeletions(ports)).toBe(80);
  });

  it("reserves nothing for a run that only plans", async () => {
    const { plan, judge, ports } = setUp();
    expect((await judge(await plan(40, 1), { mode: "plan" })).verdict).toBe("go");
    expect(await recentDeletions(ports)).toBe(0);
  });
});
