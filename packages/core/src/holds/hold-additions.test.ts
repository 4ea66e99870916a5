import { describe, expect, it } from "vitest";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { AssignmentChange } from "../plan/plan.ts";
import { aPlan, NO_LIMITS, wanted } from "../../test-support/sample-plan.ts";
import { SHOP } from "../../test-support/sample-world.ts";
import { policyHash } from "../policy-versions/policy-ref.ts";
import type { Settings } from "../settings.ts";
import { keepSnapshot } from "../sync-access/snapshot.ts";
import { planAdditions } from "./hold-additions.ts";

const POLICY = "version: 1\npermissionSets: { Look: { awsManagedPolicies: [ReadOnlyAccess] } }\nrules: []\n";

function change(action: "create" | "delete", group: number): AssignmentChange {
  const { principal, ...assignment } = wanted(SHOP, "Look", group);
  return { action, ...assignment, principal: { ...principal, principalId: null } };
}

/** A plan with these numbers of creations and deletions, and what may be applied first by these limits. */
async function additionsOf(creates: number, deletes: number, guardrails: Partial<Settings["guardrails"]>) {
  const plan = aPlan([
    ...Array.from({ length: deletes }, (_, index) => change("delete", 100 + index)),
    ...Array.from({ length: creates }, (_, index) => change("create", index)),
  ]);
  const objects = new MemoryObjects({});
  const versionId = await objects.putText("policy/access.yaml", POLICY);
  const policy = { key: "policy/access.yaml", versionId, hash: policyHash(POLICY), isProposal: false };
  const planKey = await keepSnapshot("plan", plan, { objects });
  const settings = { guardrails: { ...NO_LIMITS, ...guardrails } } as Settings;
  const ports = { objects, records: new MemoryRecords(), clock: new VirtualClock(), settings };
  const run = { executionArn: "arn:run", begunPlans: [] };
  return planAdditions({ ...run, planKey, planHash: planHash(plan), policy }, ports);
}

describe("what may go before a held plan is approved", () => {
  it("are its additions, when the rest is what the guardrails hold", async () => {
    expect(await additionsOf(3, 5, { maxDeletions: 4 })).toMatchObject({
      counts: { creates: 3, deletes: 0 },
    });
  });

  it("is nothing when the additions are too many themselves", async () => {
    const approveAbove = { assignments: 2, accounts: null };
    expect(await additionsOf(3, 5, { approveAbove })).toBeNull();
  });

  it("is nothing when both parts would pass alone: together they are too much", async () => {
    const approveAbove = { assignments: 7, accounts: null };
    expect(await additionsOf(5, 5, { approveAbove })).toBeNull();
  });
});
