import { describe, expect, it } from "vitest";
import { LAB, NO_GUARDRAILS, anAccount, anOrganization } from "../../test-support/sample-world.ts";
import { planAccess } from "./plan-access.ts";
import {
  NO_LIMITS,
  type PlanInputParts,
  anInstance,
  bound,
  planInput,
  stored,
  wanted,
} from "../../test-support/sample-plan.ts";

function warningsOf(more: PlanInputParts): readonly string[] {
  return planAccess(planInput(more)).warnings;
}

function accountIds(count: number): string[] {
  return Array.from({ length: count }, (_, number) => String(100_000_000_000 + number));
}

describe("a plan warns", () => {
  it("when more groups than AWS allows come together", () => {
    const others = Array.from({ length: 100 }, (_, number) => wanted(LAB, "Admin", number + 1));
    const principals = Array.from({ length: 100 }, (_, number) => stored(number + 1));
    const instance = anInstance([[LAB, "Admin", 777]], { principals: [...principals, stored(777)] });
    const input = { bound: bound(others), instance, ledger: new Map<string, never>() };

    expect(warningsOf(input)).toEqual([`Admin in ${LAB} gets 101 groups; AWS allows 100`]);
    expect(warningsOf({ ...input, instance: anInstance([], { principals }) })).toEqual([]);
  });

  it("when one rule changes access in fifty accounts or more", () => {
    const all = accountIds(50).map((accountId) => wanted(accountId, "ReadOnly", 1));

    expect(warningsOf({ bound: bound(all) })).toEqual([
      'access.yaml:10: rule "look" changes access in 50 accounts',
    ]);
    expect(warningsOf({ bound: bound(all.slice(1)) })).toEqual([]);
  });

  it("when what no rule asks for any more goes in as many", () => {
    const organization = anOrganization({ accounts: accountIds(50).map((id) => anAccount(id, id)) });
    const instance = anInstance(accountIds(50).map((id): [string, string, number] => [id, "ReadOnly", 1]));
    expect(warningsOf({ organization, instance })).toEqual([
      "access that no rule asks for any more is removed in 50 accounts",
    ]);
  });

  it("when principals have yet to be provisioned", () => {
    const input = { bound: bound([wanted(LAB, "Admin", 7), wanted(LAB, "Admin", 1)]) };
    expect(warningsOf(input)).toEqual(["not in the identity store yet, waiting for provisioning: Group 7"]);
    const many = Array.from({ length: 7 }, (_, number) => wanted(LAB, "Admin", number + 10));
    expect(warningsOf({ bound: bound(many) })).toEqual([
      "not in the identity store yet, waiting for provisioning: " +
        "Group 10, Group 11, Group 12, Group 13, Group 14 and 2 more",
    ]);
  });

  it("when the policy says a limit that is looser than the deployment's", () => {
    const settings = { guardrails: { ...NO_LIMITS, maxDeletions: 50, deletionsPerDay: 100 } };
    const guardrails = { ...NO_GUARDRAILS, maxDeletions: 80, deletionsPerDay: 90, maxDeletionPercent: 5 };
    expect(warningsOf({ settings, policy: { guardrails } })).toEqual([
      "the policy's guardrails.maxDeletions 80 is looser than the deployment's 50, which applies",
    ]);
  });
});
