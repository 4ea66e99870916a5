import { describe, expect, it } from "vitest";
import { LAB, PAYMENTS, SHOP, aSpec, anOrganization } from "../../test-support/sample-world.ts";
import { planAccess } from "./plan-access.ts";
import {
  type PlanInputParts,
  anInstance,
  bound,
  planInput,
  stored,
  wanted,
} from "../../test-support/sample-plan.ts";

const instance = anInstance([
  [SHOP, "Admin", 4],
  [LAB, "ReadOnly", 1],
]);
const world: PlanInputParts = {
  bound: bound([wanted(LAB, "ReadOnly", 1), wanted(PAYMENTS, "Admin", 2)]),
  instance,
};

function hash(more: PlanInputParts = {}): string {
  return planAccess(planInput({ ...world, ...more })).stateHash;
}

describe("the hash of the state that a plan was made from", () => {
  it("does not depend on the time nor on the order in which things were read", () => {
    const { accounts } = anOrganization();
    expect(
      hash({
        now: "2030-01-01T00:00:00.000Z",
        organization: anOrganization({ accounts: accounts.toReversed() }),
        instance: {
          ...instance,
          assignments: instance.assignments.toReversed(),
          permissionSets: instance.permissionSets.toReversed(),
          principals: instance.principals.toReversed(),
        },
      }),
    ).toBe(hash());
  });

  it("stays when an awaited principal arrives, which is part of the plan", () => {
    const before = { ...instance, principals: [stored(1), stored(4)] };
    expect(hash({ instance: before })).toBe(hash());
  });

  it.each([
    ["an assignment appears", { instance: anInstance([[LAB, "ReadOnly", 1]]) }],
    ["the policy wants something else", { bound: bound([wanted(LAB, "ReadOnly", 1)]) }],
    ["the ledger changes", { ledger: new Map<string, never>() }],
    ["a permission set is edited in the policy", { policy: { permissionSets: { ReadOnly: aSpec() } } }],
    [
      "a permission set is edited on the instance",
      {
        instance: {
          ...instance,
          permissionSets: instance.permissionSets.map((set) => ({
            ...set,
            spec: aSpec({ description: "x" }),
          })),
        },
      },
    ],
    [
      "an account is suspended",
      {
        organization: anOrganization({
          accounts: anOrganization().accounts.map((account) => ({ ...account, state: "SUSPENDED" as const })),
        }),
      },
    ],
  ])("changes when %s", (_, more) => {
    expect(hash(more)).not.toBe(hash());
  });
});
