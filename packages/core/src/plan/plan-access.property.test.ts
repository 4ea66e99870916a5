import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DirectorySnapshot } from "../model/directory.ts";
import type { InstanceAssignment, InstanceSnapshot } from "../model/instance.ts";
import { bindPolicy } from "../policy/bind-policy.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import {
  CLOSED,
  LAB,
  MANAGEMENT,
  PAYMENTS,
  SHOP,
  aGroup,
  aPolicy,
  anOrganization,
  objectId,
} from "../policy/sample-world.ts";
import { actualAssignments } from "./actual-assignments.ts";
import { assignmentKey } from "./assignment-key.ts";
import { planAccess } from "./plan-access.ts";
import type { Plan } from "./plan.ts";
import { anInstance, arnOf } from "./sample-plan.ts";

const GROUPS = [1, 2, 3, 4, 5];
const NOW = "2026-11-03T08:00:00.000Z";
const SETS = ["ReadOnly", "Admin"];
const directory: DirectorySnapshot = {
  groups: GROUPS.map((number) =>
    aGroup(number, `Group ${number}`, { memberGroupIds: [objectId((number % 5) + 1)] }),
  ),
  users: [],
};

const rule = fc.record({
  groups: fc.subarray(GROUPS.map((number) => `Group ${number}`)),
  nested: fc.constantFrom("ignore" as const, "expand" as const),
  permissionSets: fc.subarray(SETS, { minLength: 1 }),
  expires: fc.constantFrom(null, "2026-11-02T23:59:59.999Z", "2027-11-02T23:59:59.999Z"),
  targets: fc.record({
    root: fc.boolean(),
    ou: fc.subarray(["Workloads", "Workloads/Production", "Workloads/Lab"]),
    accounts: fc.subarray(["Payments", "Shop", "Lab", "Management", "Closed"]),
  }),
  except: fc.record({ groups: fc.subarray(["Group 1", "Group 2"]), accounts: fc.subarray(["Shop", "Lab"]) }),
});
const assignment = fc.tuple(
  fc.constantFrom(PAYMENTS, SHOP, LAB, MANAGEMENT, CLOSED, "999999999999"),
  fc.constantFrom(...SETS),
  fc.constantFrom(...GROUPS),
);
const unique = { selector: (tuple: readonly unknown[]) => tuple.join(), maxLength: 25 };
const world = fc.record({
  rules: fc.array(rule, { maxLength: 5 }),
  has: fc.uniqueArray(assignment, unique),
  owned: fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
  breakGlass: fc.record({
    principalIds: fc.subarray([objectId(4), "store-5"]),
    permissionSets: fc.subarray(["Admin"]),
  }),
  manageManagementAccount: fc.boolean(),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

function planWorld(
  { has, owned, breakGlass, manageManagementAccount }: World,
  policy: AccessPolicy,
  now?: { instance: InstanceSnapshot; ledger: ReadonlySet<string> },
): { plan: Plan; desired: string[]; instance: InstanceSnapshot; ledger: ReadonlySet<string> } {
  const settings = { manageManagementAccount, breakGlass };
  const organization = anOrganization();
  const instance = now?.instance ?? anInstance(has);
  const keys = actualAssignments(instance).map(({ key }) => key);
  const ledger = now?.ledger ?? new Set(keys.filter((_, index) => owned[index]));
  const bound = bindPolicy(policy, { organization, directory, now: NOW }, settings);
  const plan = planAccess({
    bound,
    policy,
    organization,
    instance,
    ledger,
    settings,
    now: NOW,
  });
  return { plan, desired: bound.assignments.map(assignmentKey), instance, ledger };
}

function carryOut(plan: Plan, instance: InstanceSnapshot, ledger: ReadonlySet<string>) {
  const keys = new Set(ledger);
  let assignments = [...instance.assignments];
  for (const change of plan.assignments) {
    const target: InstanceAssignment = {
      accountId: change.accountId,
      permissionSetArn: arnOf(change.permissionSet),
      principalType: change.principal.type,
      principalId: change.principal.principalId ?? "never provisioned",
    };
    const isSame = (other: InstanceAssignment) => JSON.stringify(other) === JSON.stringify(target);
    if (change.action === "create") assignments.push(target);
    else assignments = assignments.filter((other) => !isSame(other));
    if (change.action === "create") keys.add(assignmentKey(change));
    else keys.delete(assignmentKey(change));
  }
  return { instance: { ...instance, assignments }, ledger: keys };
}

describe("every plan", () => {
  it("brings the instance to what the policy says; the next one is empty", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const policy = aPolicy(generated.rules);
        const { plan, desired, instance, ledger } = planWorld(generated, policy);
        const after = carryOut(plan, instance, ledger);

        const next = planWorld(generated, policy, after);

        expect(next.plan.assignments).toEqual([]);
        expect(next.plan.counts.unchanged).toBe(desired.length);
        const keys = actualAssignments(after.instance).map(({ key }) => key);
        expect(desired.filter((key) => !keys.includes(key))).toEqual([]);
        expect(keys.length).toBe(new Set(keys).size);
      }),
    );
  });

  it("deletes only what Landbridge made, nobody protects and no rule asks for", () => {
    fc.assert(
      fc.property(world, (generated) => {
        const { plan, desired, ledger } = planWorld(generated, aPolicy(generated.rules));
        const { breakGlass, manageManagementAccount } = generated;
        for (const change of plan.assignments.filter(({ action }) => action === "delete")) {
          const { accountId, permissionSet, principal } = change;
          expect(ledger.has(assignmentKey(change))).toBe(true);
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
        const { plan } = planWorld(
          { ...generated, manageManagementAccount: false },
          aPolicy(generated.rules),
        );
        const accounts = plan.assignments.map(({ accountId }) => accountId);
        expect(accounts).not.toContain(MANAGEMENT);
        expect(accounts).not.toContain(CLOSED);
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
          const { assignments, awaited, counts, stateHash } = planWorld(generated, aPolicy(rules)).plan;
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
        const { plan, instance } = planWorld(generated, aPolicy(generated.rules));
        const { desired, unchanged, creates, deletes, foreign } = plan.counts;
        expect(unchanged + creates).toBe(desired);
        expect(unchanged + deletes + foreign).toBeLessThanOrEqual(instance.assignments.length);
        expect(plan.assignments.length).toBe(creates + deletes);
      }),
    );
  });
});
