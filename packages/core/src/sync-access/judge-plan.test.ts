import { describe, expect, it } from "vitest";
import { MemoryObjects } from "../apply/memory-objects.ts";
import { MemoryRecords } from "../apply/memory-records.ts";
import { VirtualClock } from "../apply/virtual-clock.ts";
import { aChange } from "../apply/apply-harness.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Plan } from "../plan/plan.ts";
import { aPlan } from "../plan/sample-plan.ts";
import { recentDeletions } from "./deletion-budget.ts";
import { judgePlan } from "./judge-plan.ts";
import { pauseSync } from "./pause.ts";
import { keepSnapshot } from "./snapshot.ts";

const guardrails = {
  maxDeletions: 50,
  maxDeletionPercent: 100,
  deletionsPerDay: 60,
  approveAbove: { assignments: null, accounts: null },
  paused: false,
};

const POLICY_KEY = "policy/access.yaml";

function policyWith(limits: string): string {
  return `version: 1
permissionSets: { Look: { awsManagedPolicies: [ReadOnlyAccess] } }
rules: [{ name: look, groups: [Ops], permissionSets: [Look], targets: { ou: [/] } }]
guardrails: ${limits}
`;
}

function setUp(inForce = policyWith("{}")) {
  const objects = new MemoryObjects({ [POLICY_KEY]: inForce });
  const ports = { objects, records: new MemoryRecords(), clock: new VirtualClock() };
  return {
    ports,
    /** A plan that deletes so many, from that account on. */
    async plan(deletes: number, account: number, proposed: Partial<Plan["guardrails"]> = {}) {
      const changes = Array.from({ length: deletes }, (_, index) => aChange("delete", account + index, 1));
      const made = aPlan(changes);
      const plan = { ...made, guardrails: { ...made.guardrails, ...proposed } };
      return { planKey: await keepSnapshot("plan", plan, ports), planHash: planHash(plan) };
    },
    judge: (
      made: { planKey: string; planHash: string },
      more: { mode?: "plan"; approvedHash?: string; policy?: { isProposal: boolean } } = {},
    ) =>
      judgePlan(
        { ...made, policy: { isProposal: false }, mode: "apply", approvedHash: "", ...more },
        { ...ports, settings: { policyKey: POLICY_KEY, guardrails } as never },
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

describe("judging the plan of a proposal", () => {
  const proposal = { policy: { isProposal: true } };

  it("holds what the policy in force would hold, although the proposal would not", async () => {
    const { plan, judge } = setUp(policyWith("{ maxDeletions: 3 }"));
    expect(await judge(await plan(4, 1, { maxDeletions: 40 }), proposal)).toEqual({
      verdict: "hold",
      reasons: ["4 assignments would be deleted; without approval at most 3 are"],
    });
    expect(await judge(await plan(3, 1, { maxDeletions: 40 }), proposal)).toMatchObject({ verdict: "go" });
  });

  it("holds what the proposal would hold, although the policy in force would not", async () => {
    const { plan, judge } = setUp();
    expect(await judge(await plan(4, 1, { maxDeletions: 3 }), proposal)).toMatchObject({ verdict: "hold" });
  });

  it("lets it lift the pause of the policy in force, and not that of the deployment or of a person", async () => {
    const { plan, judge, ports } = setUp(policyWith("{ paused: true }"));
    expect(await judge(await plan(4, 1), proposal)).toMatchObject({ verdict: "go" });
    await pauseSync("incident 7", ports);
    expect(await judge(await plan(4, 1), proposal)).toMatchObject({ verdict: "paused" });
  });

  it("holds it during a pause as without one, unless it pauses itself", async () => {
    const { plan, judge, ports } = setUp();
    await pauseSync("incident 7", ports);
    expect(await judge(await plan(51, 1), proposal)).toMatchObject({ verdict: "hold" });
    expect(await judge(await plan(51, 1, { paused: true }), proposal)).toMatchObject({ verdict: "paused" });
  });

  it("holds every deletion while the policy in force is not readable, since nobody knows its limits", async () => {
    const { plan, judge } = setUp("version: 1\nsurprise: true\n");
    expect(await judge(await plan(1, 1), proposal)).toMatchObject({ verdict: "hold" });
    expect(await judge(await plan(0, 1), proposal)).toMatchObject({ verdict: "go" });
  });
});
