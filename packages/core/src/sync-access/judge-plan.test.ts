import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../../test-support/apply-harness.ts";
import { Checkpoint } from "../apply/checkpoint.ts";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Plan } from "../plan/plan.ts";
import { aPlan, toAssignment } from "../../test-support/sample-plan.ts";
import { finishDeletions, recentDeletions } from "./deletion-budget.ts";
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

interface Made {
  readonly plan: Plan;
  readonly planKey: string;
  readonly planHash: string;
}

async function setUp(inForce = policyWith("{}")) {
  const objects = new MemoryObjects({ [POLICY_KEY]: inForce });
  const ports = { objects, records: new MemoryRecords(), clock: new VirtualClock() };
  for (let account = 1; account <= 200; account += 1) {
    const change = aChange("delete", account, 1);
    await ports.records.put("ledger", ledgerKey(toAssignment(change)), anEntry(change));
  }
  return {
    ports,
    /** A plan that deletes this number, from that account on. */
    async plan(deletes: number, account: number, proposed: Partial<Plan["guardrails"]> = {}): Promise<Made> {
      const changes = Array.from({ length: deletes }, (_, index) => aChange("delete", account + index, 1));
      const made = aPlan(changes);
      const plan = { ...made, guardrails: { ...made.guardrails, ...proposed } };
      return { plan, planKey: await keepSnapshot("plan", plan, ports), planHash: planHash(plan) };
    },
    judge: (
      { planKey, planHash: hash }: Made,
      more: {
        mode?: "plan";
        approvedHash?: string;
        executionArn?: string;
        begunPlans?: string[];
        policy?: { isProposal: boolean; key: string; versionId: string };
      } = {},
    ) =>
      judgePlan(
        {
          planKey,
          planHash: hash,
          policy: { isProposal: false, key: POLICY_KEY, versionId: "version-1" },
          mode: "apply",
          approvedHash: "",
          executionArn: "arn:one",
          begunPlans: [],
          ...more,
        },
        { ...ports, settings: { policyKey: POLICY_KEY, guardrails } as never },
      ),
    /** Applies this number of the plan's deletions; then the worker ends regularly, or is killed. */
    async apply({ plan, planKey }: Made, deletions: number, end: "closed" | "killed" = "closed") {
      const checkpoint = await Checkpoint.open(planKey, plan, ports);
      for (let index = 0; index < deletions; index += 1) checkpoint.settle(index, "deleted");
      await (end === "closed" ? checkpoint.close() : checkpoint.save());
    },
  };
}

describe("judging a plan", () => {
  it("lets one of two runs go when the budget of the day has room for one", async () => {
    const { plan, judge, apply, ports } = await setUp();
    const [one, two] = [await plan(40, 1), await plan(40, 100)];
    expect((await judge(one, { executionArn: "arn:one" })).verdict).toBe("go");
    await apply(one, 40);
    expect(await judge(two, { executionArn: "arn:two" })).toEqual({
      verdict: "hold",
      reasons: [
        "40 assignments would be deleted after 40 in the last 24 hours; without approval at most 60 are",
      ],
    });
    expect(await recentDeletions(ports)).toBe(40);
  });

  it("judges the same plan again as the first time", async () => {
    const { plan, judge, ports } = await setUp();
    const made = await plan(40, 1);
    await judge(made);
    expect((await judge(made)).verdict).toBe("go");
    expect(await recentDeletions(ports)).toBe(40);
  });

  it("reserves what was approved beyond the budget, and exactly that", async () => {
    const { plan, judge, apply, ports } = await setUp();
    const [one, two] = [await plan(40, 1), await plan(40, 100)];
    await judge(one, { executionArn: "arn:one" });
    await apply(one, 40);
    await judge(two, { executionArn: "arn:two", approvedHash: one.planHash });
    expect(await recentDeletions(ports)).toBe(40);
    await judge(two, { executionArn: "arn:two", approvedHash: two.planHash });
    expect(await recentDeletions(ports)).toBe(80);
  });

  it("reserves nothing for a run that only plans", async () => {
    const { plan, judge, ports } = await setUp();
    expect((await judge(await plan(40, 1), { mode: "plan" })).verdict).toBe("go");
    expect(await recentDeletions(ports)).toBe(0);
  });

  it("refuses a plan object that is not the one that was made", async () => {
    const { plan, judge } = await setUp();
    const [one, two] = [await plan(1, 1), await plan(1, 2)];
    await expect(judge({ ...one, planHash: two.planHash })).rejects.toMatchObject({
      name: "StoredObjectChanged",
    });
  });
});

describe("a run that plans again", () => {
  it("is charged for what its earlier plan has deleted, once, and not for what it has not", async () => {
    const { plan, judge, apply, ports } = await setUp();
    const [first, second] = [await plan(40, 1), await plan(20, 21)];
    await judge(first);
    await apply(first, 20);

    expect(await judge(second, { begunPlans: [first.planKey] })).toEqual({ verdict: "go", reasons: [] });

    expect(await recentDeletions(ports)).toBe(40);
    await apply(second, 20);
    await finishDeletions({ executionArn: "arn:one", ...second }, ports);
    expect(await recentDeletions(ports)).toBe(40);
  });

  it("gets back what the new policy does not delete any more", async () => {
    const { plan, judge, apply, ports } = await setUp();
    const first = await plan(40, 1);
    await judge(first);
    await apply(first, 3);
    await judge(await plan(0, 1), { begunPlans: [first.planKey] });
    expect(await recentDeletions(ports)).toBe(3);
  });

  it("is held when all its plans together delete more than a run may", async () => {
    const { plan, judge, apply } = await setUp();
    const [first, second] = [await plan(40, 1), await plan(15, 100)];
    await judge(first);
    await apply(first, 40);
    expect((await judge(second, { begunPlans: [first.planKey] })).reasons).toContain(
      "15 assignments would be deleted after 40 by the same run; without approval at most 50 are",
    );
  });

  it("is charged for all that a killed worker may have deleted and the new plan does not delete again", async () => {
    const { plan, judge, apply, ports } = await setUp();
    const [first, second] = [await plan(40, 1), await plan(15, 26)];
    await judge(first);
    // Ten are known; then fifteen more were deleted that no checkpoint records.
    await apply(first, 10, "killed");
    await judge(second, { begunPlans: [first.planKey] });
    expect(await recentDeletions(ports)).toBe(25 + 15);
  });
});

describe("a run that died", () => {
  const HOUR = 3_600_000;

  it("has its reservation turned into what it deleted when it ended in order", async () => {
    const { plan, judge, apply, ports } = await setUp();
    const first = await plan(40, 1);
    await judge(first, { executionArn: "arn:dead" });
    await apply(first, 4);
    expect((await judge(await plan(40, 100), { executionArn: "arn:next" })).verdict).toBe("go");
    expect(await recentDeletions(ports)).toBe(44);
  });

  it("gives all back when it had not begun", async () => {
    const { plan, judge, ports } = await setUp();
    await judge(await plan(40, 1), { executionArn: "arn:dead" });
    await judge(await plan(30, 100), { executionArn: "arn:next" });
    expect(await recentDeletions(ports)).toBe(30);
  });

  it("keeps it for a day after its plan's last hour when it was killed: nobody knows what it deleted", async () => {
    const { plan, judge, apply, ports } = await setUp();
    const first = await plan(40, 1);
    await judge(first, { executionArn: "arn:dead" });
    await apply(first, 4, "killed");
    await ports.clock.sleep(29 * HOUR);
    expect((await judge(await plan(40, 100), { executionArn: "arn:next" })).verdict).toBe("hold");
    await ports.clock.sleep(HOUR);
    expect((await judge(await plan(40, 100), { executionArn: "arn:next" })).verdict).toBe("go");
  });
});

describe("judging the plan of a proposal", () => {
  const proposal = { policy: { isProposal: true, key: POLICY_KEY, versionId: "version-1" } };

  it("holds what the policy in force would hold, although the proposal would not", async () => {
    const { plan, judge } = await setUp(policyWith("{ maxDeletions: 3 }"));
    expect(await judge(await plan(4, 1, { maxDeletions: 40 }), proposal)).toEqual({
      verdict: "hold",
      reasons: ["4 assignments would be deleted; without approval at most 3 are"],
    });
    expect(await judge(await plan(3, 1, { maxDeletions: 40 }), proposal)).toMatchObject({ verdict: "go" });
  });

  it("ends a run that is no proposal's, with nothing reserved: the pause may be over before the next state", async () => {
    const { plan, judge, ports } = await setUp();
    await pauseSync({ reason: "incident 7", by: "ada" }, ports);
    await expect(judge(await plan(4, 1))).rejects.toMatchObject({ name: "SyncPaused" });
    expect(await recentDeletions(ports)).toBe(0);
    expect(await judge(await plan(4, 1), { mode: "plan" })).toMatchObject({ verdict: "paused" });
    await ports.objects.putText(POLICY_KEY, policyWith("{ paused: true }"));
    await expect(judge(await plan(4, 1))).rejects.toMatchObject({ name: "RunOvertaken" });
  });

  it("holds what the proposal would hold, although the policy in force would not", async () => {
    const { plan, judge } = await setUp();
    expect(await judge(await plan(4, 1, { maxDeletions: 3 }), proposal)).toMatchObject({ verdict: "hold" });
  });

  it("lets it lift the pause of the policy in force, and not that of the deployment or of a person", async () => {
    const { plan, judge, ports } = await setUp(policyWith("{ paused: true }"));
    expect(await judge(await plan(4, 1), proposal)).toMatchObject({ verdict: "go" });
    await pauseSync({ reason: "incident 7", by: "ada" }, ports);
    expect(await judge(await plan(4, 1), proposal)).toMatchObject({ verdict: "paused" });
  });

  it("holds it during a pause as without one, unless it pauses itself", async () => {
    const { plan, judge, ports } = await setUp();
    await pauseSync({ reason: "incident 7", by: "ada" }, ports);
    expect(await judge(await plan(51, 1), proposal)).toMatchObject({ verdict: "hold" });
    expect(await judge(await plan(51, 1, { paused: true }), proposal)).toMatchObject({ verdict: "paused" });
  });

  it("holds every deletion while the policy in force is not readable, since nobody knows its limits", async () => {
    const { plan, judge } = await setUp("version: 1\nsurprise: true\n");
    expect(await judge(await plan(1, 1), proposal)).toMatchObject({ verdict: "hold" });
    expect(await judge(await plan(0, 1), proposal)).toMatchObject({ verdict: "go" });
  });
});
