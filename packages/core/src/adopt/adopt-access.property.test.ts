import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAccess } from "../plan/plan-access.ts";
import { NO_LIMITS } from "../../test-support/sample-plan.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import { parseAccessPolicy } from "../policy/parse-policy.ts";
import { adoptAccess } from "./adopt-access.ts";
import { world } from "../../test-support/generated-world.ts";
import { type AdoptInput, reachableAssignments } from "./reachable-assignments.ts";
import { renderAdopted } from "./render-adopted.ts";

const NOW = "2026-11-03T08:00:00.000Z";

function firstPlan(input: AdoptInput) {
  const { organization, instance, directory } = input;
  const policy = parseAccessPolicy(renderAdopted(adoptAccess(input), "From a test."), "access.yaml");
  const breakGlass = { principalIds: [], permissionSets: [] };
  const settings = { ...input.settings, breakGlass, guardrails: NO_LIMITS };
  const bound = bindPolicy(policy, { organization, directory, now: NOW }, settings);
  const plan = planAccess({ bound, policy, organization, instance, ledger: new Map(), settings, now: NOW });
  return { plan, bound };
}

/** Assignments that a policy can ask for. */
function sayable(input: AdoptInput) {
  const { permissionSets } = adoptAccess(input);
  return reachableAssignments(input).assignments.filter(({ permissionSet }) =>
    permissionSets.has(permissionSet),
  );
}

describe("an adopted access policy", () => {
  it("has an empty first plan, and asks for everything that it can", () => {
    fc.assert(
      fc.property(world, (input) => {
        const { plan, bound } = firstPlan(input);
        expect(plan.assignments).toEqual([]);
        expect(plan.permissionSets).toEqual([]);
        expect(bound.assignments).toHaveLength(sayable(input).length);
      }),
      { numRuns: 200 },
    );
  });

  it("has no more rules than there are pairs of principal and permission set", () => {
    fc.assert(
      fc.property(world, (input) => {
        const pairs = new Set(
          sayable(input).map(({ permissionSet, directoryId }) => `${permissionSet} ${directoryId}`),
        );
        expect(adoptAccess(input).rules.length).toBeLessThanOrEqual(pairs.size);
      }),
    );
  });

  it("is the same text whatever the order of what was read", () => {
    fc.assert(
      fc.property(world, (input) => {
        const { organization, instance, directory } = input;
        const backwards: AdoptInput = {
          ...input,
          organization: {
            ...organization,
            units: organization.units.toReversed(),
            accounts: organization.accounts.toReversed(),
          },
          instance: {
            ...instance,
            permissionSets: instance.permissionSets.toReversed(),
            assignments: instance.assignments.toReversed(),
            principals: instance.principals.toReversed(),
          },
          directory: { groups: directory.groups.toReversed(), users: directory.users.toReversed() },
        };
        expect(renderAdopted(adoptAccess(backwards), "")).toBe(renderAdopted(adoptAccess(input), ""));
      }),
    );
  });
});
