import { describe, expect, it } from "vitest";
import type { PolicyGuardrails } from "../policy/policy.ts";
import { LAB, NO_GUARDRAILS, PAYMENTS, SHOP } from "../../test-support/sample-world.ts";
import type { Guardrails } from "../settings.ts";
import { checkGuardrails, type GuardrailFacts } from "./check-guardrails.ts";
import { aPlan, wanted } from "../../test-support/sample-plan.ts";

const DEPLOYED: Guardrails = {
  maxDeletions: 10,
  maxDeletionPercent: 20,
  deletionsPerDay: 100,
  approveAbove: { assignments: null, accounts: null },
  paused: false,
};

interface Case {
  readonly deletes?: number;
  readonly creates?: readonly string[];
  readonly deployed?: Partial<Guardrails>;
  readonly policy?: Partial<PolicyGuardrails>;
  readonly facts?: Partial<GuardrailFacts>;
}

function check({ deletes = 0, creates = [], deployed, policy, facts }: Case) {
  const changes = creates.map((accountId, index) => {
    const { principal, ...assignment } = wanted(accountId, "ReadOnly", index);
    return { action: "create" as const, ...assignment, principal: { ...principal, principalId: null } };
  });
  const plan = aPlan(changes);
  return checkGuardrails(
    { ...plan, counts: { ...plan.counts, deletes }, guardrails: { ...NO_GUARDRAILS, ...policy } },
    { guardrails: { ...DEPLOYED, ...deployed } },
    { ledgered: 0, recentDeletions: 0, earlierChanges: [], pausedBecause: null, ...facts },
  );
}

function earlier(action: "create" | "delete", count: number) {
  return Array.from({ length: count }, () => ({ action, accountId: LAB }));
}

describe("guardrails", () => {
  it.each([
    [0, 0],
    [10, 1_000],
    [4, 20],
    [10, 19],
  ])("let %i deletions of %i assignments go", (deletes, ledgered) => {
    expect(check({ deletes, facts: { ledgered } })).toEqual({ verdict: "go", reasons: [] });
  });

  it.each([
    [11, 1_000, ["11 assignments would be deleted; without approval at most 10 are"]],
    [5, 20, ["5 of 20 assignments would be deleted; without approval at most 20 % are"]],
    [
      20,
      20,
      [
        "20 assignments would be deleted; without approval at most 10 are",
        "20 of 20 assignments would be deleted; without approval at most 20 % are",
      ],
    ],
  ])("hold %i deletions of %i assignments", (deletes, ledgered, reasons) => {
    expect(check({ deletes, facts: { ledgered } })).toEqual({ verdict: "hold", reasons });
  });

  it("hold the very first deletion when none is allowed", () => {
    expect(check({ deletes: 1, deployed: { maxDeletions: 0 } }).verdict).toBe("hold");
  });

  it("count the deletions of the last 24 hours, and let a run without any go", () => {
    expect(check({ deletes: 2, facts: { recentDeletions: 98 } }).verdict).toBe("go");
    expect(check({ deletes: 3, facts: { recentDeletions: 98 } }).reasons).toEqual([
      "3 assignments would be deleted after 98 in the last 24 hours; without approval at most 100 are",
    ]);
    expect(check({ deletes: 0, facts: { recentDeletions: 500 } }).verdict).toBe("go");
  });

  it("hold for all plans of one run together, and let a plan without changes of its kind go", () => {
    const nine = { earlierChanges: earlier("delete", 9) };
    expect(check({ deletes: 1, facts: nine }).verdict).toBe("go");
    expect(check({ deletes: 2, facts: nine }).reasons).toEqual([
      "2 assignments would be deleted after 9 by the same run; without approval at most 10 are",
    ]);
    expect(check({ deletes: 1, facts: { ...nine, ledgered: 40 } }).reasons).toEqual([
      "1 of 49 assignments would be deleted after 9 by the same run; without approval at most 20 % are",
    ]);
    expect(check({ creates: [SHOP], facts: { earlierChanges: earlier("delete", 99) } }).verdict).toBe("go");
    const approveAbove = { assignments: 3, accounts: 1 };
    const facts = { earlierChanges: earlier("create", 3) };
    expect(check({ creates: [LAB], policy: { approveAbove }, facts }).reasons).toEqual([
      "4 assignments would change; without approval at most 3 do",
    ]);
    expect(check({ creates: [SHOP], policy: { approveAbove }, facts }).reasons).toHaveLength(2);
  });

  it("hold more changes or accounts than may change without approval", () => {
    const approveAbove = { assignments: 3, accounts: 2 };
    expect(check({ creates: [LAB, LAB, SHOP], policy: { approveAbove } }).verdict).toBe("go");
    expect(check({ creates: [LAB, LAB, SHOP, PAYMENTS], policy: { approveAbove } }).reasons).toEqual([
      "4 assignments would change; without approval at most 3 do",
      "3 accounts would change; without approval at most 2 do",
    ]);
  });

  it("are the stricter of the deployment's and the policy's", () => {
    expect(check({ deletes: 5, policy: { maxDeletions: 4 } }).verdict).toBe("hold");
    expect(check({ deletes: 11, policy: { maxDeletions: 1_000 } }).verdict).toBe("hold");
    const deployed = { approveAbove: { assignments: 1, accounts: null } };
    const policy = { approveAbove: { assignments: 50, accounts: null } };
    expect(check({ creates: [LAB, SHOP], deployed, policy }).verdict).toBe("hold");
  });

  it("say when all runs are paused, and by whom", () => {
    expect(check({ policy: { paused: true } })).toEqual({
      verdict: "paused",
      reasons: ["the access policy pauses all runs"],
    });
    expect(check({ deployed: { paused: true } }).verdict).toBe("paused");
    expect(check({ facts: { pausedBecause: "Olivia has paused all runs" } })).toEqual({
      verdict: "paused",
      reasons: ["Olivia has paused all runs"],
    });
  });
});
