import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { InstanceScope, ScopedSnapshot } from "../model/instance.ts";
import {
  LAB,
  MANAGEMENT,
  PAYMENTS,
  SHOP,
  anOrganization,
  objectId,
} from "../../test-support/sample-world.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import { actualAssignments } from "../model/actual-assignments.ts";
import {
  NOW,
  type World,
  type WorldNow,
  carryOut,
  directory,
  planWorld,
  policyOf,
  world,
} from "../../test-support/arbitrary-world.ts";
import { assignmentKey } from "../model/assignment-key.ts";
import { inScope } from "../model/in-scope.ts";
import { planAccess } from "./plan-access.ts";
import type { Plan } from "./plan.ts";
import { NO_LIMITS } from "../../test-support/sample-plan.ts";

const scope: fc.Arbitrary<InstanceScope> = fc.oneof(
  fc.record({
    scope: fc.constant("groups" as const),
    ids: fc.subarray([objectId(1), objectId(2), objectId(3), "store-4", "store-5"], { minLength: 1 }),
  }),
  fc.record({
    scope: fc.constant("accounts" as const),
    ids: fc.subarray([PAYMENTS, SHOP, LAB, MANAGEMENT, "999999999999"], { minLength: 1 }),
  }),
);

/** What a scoped read of the same world returns. */
function readScoped({ instance }: WorldNow, wanted: InstanceScope): ScopedSnapshot {
  // Object ids and store ids name the same groups.
  const ids = wanted.ids.map((id) => (id.startsWith("store-") ? objectId(Number(id.slice(-1))) : id));
  const closed = { ...wanted, ids };
  const isInScope = inScope(closed);
  const places = actualAssignments(instance);
  return {
    scope: closed,
    instance: instance.instance,
    principals: instance.principals,
    permissionSets: instance.permissionSets.map(({ name, arn }) => ({ name, arn })),
    assignments: instance.assignments.filter((_, index) => places.slice(index, index + 1).some(isInScope)),
  };
}

function planScoped(generated: World, now: WorldNow, wanted: InstanceScope): Plan {
  const { breakGlass, manageManagementAccount } = generated;
  const settings = { breakGlass, manageManagementAccount, guardrails: NO_LIMITS };
  const organization = anOrganization();
  const policy = policyOf(generated);
  const bound = bindPolicy(policy, { organization, directory, now: NOW }, settings);
  const { ledger } = now;
  return planAccess({
    bound,
    policy,
    organization,
    instance: readScoped(now, wanted),
    ledger,
    settings,
    now: NOW,
  });
}

describe("a plan of a scope", () => {
  it("is the full plan as far as it lies inside the scope, and nothing else", () => {
    fc.assert(
      fc.property(world, scope, (generated, wanted) => {
        const { plan: full, instance, ledger } = planWorld(generated, policyOf(generated));
        const scoped = planScoped(generated, { instance, ledger }, wanted);
        const isInScope = inScope(readScoped({ instance, ledger }, wanted).scope);

        expect(scoped.assignments).toEqual(full.assignments.filter(isInScope));
        const creates = scoped.assignments.filter(({ action }) => action === "create");
        const sets = new Set(creates.map(({ permissionSet }) => permissionSet));
        expect(scoped.permissionSets).toEqual(
          full.permissionSets.filter(({ action, name }) => action === "create" && sets.has(name)),
        );
        const receiving = new Set(creates.map(({ principal }) => principal.directoryId));
        expect(scoped.awaited).toEqual(full.awaited.filter(({ directoryId }) => receiving.has(directoryId)));
      }),
    );
  });

  it("of every account is the full plan of the assignments", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const { plan: full, instance, ledger } = planWorld(generated, policyOf(generated));
        const ids = [...anOrganization().accounts.map(({ id }) => id), "999999999999"];
        const scoped = planScoped(generated, { instance, ledger }, { scope: "accounts", ids });
        const { desired, unchanged, creates, deletes, foreign } = full.counts;
        expect(scoped.counts).toMatchObject({ desired, unchanged, creates, deletes, foreign });
        expect(scoped.assignments).toEqual(full.assignments);
      }),
    );
  });

  it("may come for any event, in any order, twice or not at all: a full plan after them ends in the same access", () => {
    fc.assert(
      fc.property(world, fc.array(scope, { maxLength: 6 }), (generated, events) => {
        const policy = policyOf(generated);
        const { plan, ...before } = planWorld(generated, policy);
        const wanted = accessOf(carryOut(plan, before));

        const after = events.reduce<WorldNow>(
          (now, event) => carryOut(planScoped(generated, now, event), now),
          before,
        );
        const end = carryOut(planWorld(generated, policy, after).plan, after);

        expect(accessOf(end)).toEqual(wanted);
        expect(planWorld(generated, policy, end).plan.assignments).toEqual([]);
      }),
    );
  });
});

function accessOf({ instance, ledger }: WorldNow) {
  return {
    assignments: actualAssignments(instance).map(assignmentKey).toSorted(),
    permissionSets: instance.permissionSets.map(({ name }) => name).toSorted(),
    ledger: [...ledger.keys()].toSorted(),
  };
}
