import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isFlowError } from "../errors.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import type { OwnAssignments } from "../ledger/own-assignments.ts";
import type { InstanceSnapshot } from "../model/instance.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import {
  CLOSED,
  LAB,
  MANAGEMENT,
  PAYMENTS,
  SHOP,
  anOrganization,
  objectId,
} from "../../test-support/sample-world.ts";
import { actualAssignments } from "../model/actual-assignments.ts";
import {
  NOW,
  type World,
  carryOut,
  directory,
  planWorld,
  policyOf,
  world,
} from "../../test-support/arbitrary-world.ts";
import { assignmentKey } from "../model/assignment-key.ts";
import { planAccess } from "./plan-access.ts";
import type { Plan } from "./plan.ts";
import { NO_LIMITS, toAssignment } from "../../test-support/sample-plan.ts";

describe("every plan", () => {
  it("grants by name only what a convention lists, to the one group of exactly that name", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const { plan } = planWorld(
          { ...generated, rules: [], has: [] },
          policyOf({ ...generated, rules: [] }),
        );
        const listed = new Set(
          generated.conventions
            .filter(({ pattern }) => pattern === "AWS-{account}-{permissionSet}")
            .flatMap(({ permissionSets }) => permissionSets),
        );
        const granted = plan.assignments.map(
          ({ accountId, permissionSet, principal }) => `${accountId} ${permissionSet} ${principal.name}`,
        );
        expect(granted).toEqual([
          ...(listed.has("ReadOnly") ? [`${PAYMENTS} ReadOnly AWS-Payments-ReadOnly`] : []),
          ...(listed.has("Admin") ? [`${LAB} Admin AWS-444444444444-Admin`] : []),
        ]);
      }),
    );
  });

  it("brings the instance to what the policy says; the next one is empty", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const policy = policyOf(generated);
        const { plan, desired, ...before } = planWorld(generated, policy);
        const after = carryOut(plan, before);

        const next = planWorld(generated, policy, after);

        expect(next.plan.assignments).toEqual([]);
        expect(next.plan.permissionSets).toEqual([]);
        expect(next.plan.provisioning).toEqual([]);
        expect(next.plan.counts.unchanged).toBe(desired.length);
        const keys = actualAssignments(after.instance).map(assignmentKey);
        expect(desired.filter((key) => !keys.includes(key))).toEqual([]);
        expect(keys.length).toBe(new Set(keys).size);
      }),
    );
  });

  it("deletes only what Landbridge made, nobody protects and no rule asks for", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const { plan, desired, ledger } = planWorld(generated, policyOf(generated));
        const { breakGlass, manageManagementAccount } = generated;
        for (const change of plan.assignments.filter(({ action }) => action === "delete")) {
          const { accountId, permissionSet, principal } = change;
          expect(ledger.has(ledgerKey(toAssignment(change)))).toBe(true);
          expect(desired).not.toContain(assignmentKey(change));
          expect(breakGlass.permissionSets).not.toContain(permissionSet);
          expect(breakGlass.principalIds).not.toContain(principal.directoryId);
          expect(breakGlass.principalIds).not.toContain(principal.principalId);
          expect([PAYMENTS, SHOP, LAB, ...(manageManagementAccount ? [MANAGEMENT] : [])]).toContain(
            accountId,
          );
        }
      }),
    );
  });

  it("creates nothing in the management account unless opted in, nor in an account that is not active", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const { plan } = planWorld({ ...generated, manageManagementAccount: false }, policyOf(generated));
        const accounts = plan.assignments.map(({ accountId }) => accountId);
        expect(accounts).not.toContain(MANAGEMENT);
        expect(accounts).not.toContain(CLOSED);
      }),
    );
  });

  it("brings up to date only roles of sets that the policy defines, in accounts where it may change something", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const { plan } = planWorld(generated, policyOf(generated));
        const { breakGlass, manageManagementAccount } = generated;
        for (const { permissionSet, accountId } of plan.provisioning) {
          expect(["ReadOnly", "Admin"]).toContain(permissionSet);
          expect(breakGlass.permissionSets).not.toContain(permissionSet);
          expect([PAYMENTS, ...(manageManagementAccount ? [MANAGEMENT] : [])]).toContain(accountId);
        }
      }),
    );
  });

  it("is the same whatever the order of the rules", () => {
    fc.assert(
      fc.property(world, fc.infiniteStream(fc.nat()), (generated, order) => {
        const shuffled = generated.rules
          .map((entry) => ({ entry, at: order.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ entry }) => entry);
        const withoutReasons = (rules: World["rules"]) => {
          const { assignments, awaited, counts, stateHash } = planWorld(
            generated,
            policyOf({ ...generated, rules }),
          ).plan;
          return {
            assignments: assignments.map((change) => ({ ...change, reason: null })),
            awaited,
            counts,
            stateHash,
          };
        };
        expect(withoutReasons(shuffled)).toEqual(withoutReasons(generated.rules));
      }),
    );
  });

  it("adds up: desired is unchanged and created, what is there is desired, deleted or left alone", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const { plan, instance } = planWorld(generated, policyOf(generated));
        const { desired, unchanged, creates, deletes, foreign } = plan.counts;
        expect(unchanged + creates).toBe(desired);
        expect(unchanged + deletes + foreign).toBeLessThanOrEqual(instance.assignments.length);
        expect(plan.assignments.length).toBe(creates + deletes);
      }),
    );
  });

  it("is empty where everything is as the policy says", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const policy = policyOf(generated);
        const { desired, ...before } = planWorld({ ...generated, has: [] }, policy);
        const { plan } = planWorld(generated, policy, carryOut(before.plan, before));

        expect(plan).toMatchObject({ assignments: [], permissionSets: [] });
        expect(plan.counts).toMatchObject({ desired: desired.length, unchanged: desired.length, foreign: 0 });
      }),
    );
  });

  it("deletes only permission sets that Landbridge made, nobody protects, no policy defines and nobody will use", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const policy = policyOf(generated);
        const { plan, ...before } = planWorld(generated, policy);
        const after = carryOut(plan, before).instance.assignments.map((one) => one.permissionSetArn);
        for (const { name, arn } of plan.permissionSets.filter(({ action }) => action === "delete")) {
          expect(before.instance.ownPermissionSetArns).toContain(arn);
          expect(generated.breakGlass.permissionSets).not.toContain(name);
          expect(Object.keys(policy.permissionSets)).not.toContain(name);
          expect(after).not.toContain(arn);
        }
      }),
    );
  });

  it("deletes nothing more when groups are missing from the identity store", () => {
    const hidden = fc.subarray(
      [1, 2, 3, 4, 5].map((number) => `store-${number}`),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(world, hidden, (generated, principals) => {
        const { plan, instance, ledger } = planWorld(generated, policyOf(generated));
        const missing = { principals, accounts: [], groups: [], permissionSets: [], assignments: [] };
        const partial = planPartially({ generated, instance, ledger, missing });
        expect(partial && deletions(partial).filter((key) => !deletions(plan).includes(key))).toEqual([]);
      }),
    );
  });

  it("deletes nothing more on an incomplete read", () => {
    const holes = fc.record({
      principals: fc.subarray(["store-1", "store-2", "store-3", "store-4", "store-5"]),
      accounts: fc.subarray([PAYMENTS, SHOP, LAB]),
      groups: fc.subarray([1, 2, 3, 4, 5].map(objectId)),
      permissionSets: fc.subarray(["ReadOnly", "Admin"]),
      assignments: fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
    });
    fc.assert(
      fc.property(world, holes, (generated, missing) => {
        const policy = policyOf(generated);
        const { plan, instance, ledger } = planWorld(generated, policy);
        const partial = planPartially({ generated, instance, ledger, missing });
        const more = partial ? deletions(partial).filter((key) => !deletions(plan).includes(key)) : [];
        expect(more).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

function deletions(plan: Plan): string[] {
  return plan.assignments
    .filter(({ action }) => action === "delete")
    .map((change) => ledgerKey(toAssignment(change)));
}

interface PartialRead {
  readonly generated: World;
  readonly instance: InstanceSnapshot;
  readonly ledger: OwnAssignments;
  readonly missing: {
    readonly principals: readonly string[];
    readonly accounts: readonly string[];
    readonly groups: readonly string[];
    readonly permissionSets: readonly string[];
    readonly assignments: readonly boolean[];
  };
}

/** The plan for a world with gaps, or null if it is refused. */
function planPartially({ generated, instance, ledger, missing }: PartialRead): Plan | null {
  const { breakGlass, manageManagementAccount } = generated;
  const settings = { breakGlass, manageManagementAccount, guardrails: NO_LIMITS };
  const policy = policyOf(generated);
  const organization = anOrganization({
    accounts: anOrganization().accounts.filter(({ id }) => !missing.accounts.includes(id)),
  });
  const groups = directory.groups.filter(({ id }) => !missing.groups.includes(id));
  try {
    const bound = bindPolicy(policy, { organization, directory: { groups, users: [] }, now: NOW }, settings);
    const seen: InstanceSnapshot = {
      ...instance,
      principals: instance.principals.filter(({ principalId }) => !missing.principals.includes(principalId)),
      permissionSets: instance.permissionSets.filter(({ name }) => !missing.permissionSets.includes(name)),
      assignments: instance.assignments.filter((_, index) => missing.assignments[index] !== true),
    };
    return planAccess({ bound, policy, organization, instance: seen, ledger, settings, now: NOW });
  } catch (error) {
    if (isFlowError(error, "IncompleteRead", "PolicyInvalid")) return null;
    throw error;
  }
}
