import * as fc from "fast-check";
import type { DirectorySnapshot } from "../src/model/directory.ts";
import { ledgerKey } from "../src/ledger/ledger-key.ts";
import type { OwnAssignments } from "../src/ledger/own-assignments.ts";
import type { InstanceAssignment, InstanceSnapshot } from "../src/model/instance.ts";
import { bindPolicy } from "../src/policy/bind-policy.ts";
import type { AccessPolicy } from "../src/policy/policy.ts";
import {
  CLOSED,
  LAB,
  MANAGEMENT,
  PAYMENTS,
  SHOP,
  aGroup,
  aPolicy,
  aSpec,
  anOrganization,
  objectId,
} from "./sample-world.ts";
import { assignmentKey } from "../src/model/assignment-key.ts";
import { planAccess } from "../src/plan/plan-access.ts";
import type { Plan } from "../src/plan/plan.ts";
import { NO_LIMITS, anInstance, arnOf, ownedIn, stored, toAssignment } from "./sample-plan.ts";

/** Generates worlds, policies and the results of plans, for property tests. */

const GROUPS = [1, 2, 3, 4, 5];
export const NOW = "2026-11-03T08:00:00.000Z";
const SETS = ["ReadOnly", "Admin"];
/** Names that mean something once the convention is switched on, one that only seems to, and one of nowhere. */
const CONVENTIONAL = [
  "AWS-Payments-ReadOnly",
  "AWS-444444444444-Admin",
  "aws-shop-readonly",
  "AWS-Nowhere-Admin",
];
/** Groups of {@link CONVENTIONAL} names. */
const NAMED_GROUPS = CONVENTIONAL.map((_, index) => GROUPS.length + 1 + index);
export const directory: DirectorySnapshot = {
  groups: [
    ...GROUPS.map((number) =>
      aGroup(number, `Group ${number}`, { memberGroupIds: [objectId((number % 5) + 1)] }),
    ),
    ...CONVENTIONAL.map((name, index) => aGroup(NAMED_GROUPS[index] ?? 0, name)),
  ],
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
  fc.constantFrom(...SETS, "Old"),
  fc.constantFrom(...GROUPS, ...NAMED_GROUPS),
);
const convention = fc.record({
  pattern: fc.constantFrom("AWS-{account}-{permissionSet}", "AWS-{account}-{permissionSet}-people"),
  permissionSets: fc.subarray(SETS, { minLength: 1 }),
});
const unique = { selector: (tuple: readonly unknown[]) => tuple.join(), maxLength: 25 };
export const world = fc.record({
  rules: fc.array(rule, { maxLength: 5 }),
  conventions: fc.array(convention, { maxLength: 2 }),
  has: fc.uniqueArray(assignment, unique),
  owned: fc.array(fc.boolean(), { minLength: 25, maxLength: 25 }),
  breakGlass: fc.record({
    principalIds: fc.subarray([objectId(4), "store-5"]),
    permissionSets: fc.subarray(["Admin", "Old"]),
  }),
  /** The existing sets that Landbridge created. */
  ownSets: fc.subarray(["ReadOnly", "Old"]),
  /** Set and account. */
  outdated: fc.subarray(
    [PAYMENTS, MANAGEMENT, CLOSED, "999999999999"].flatMap((account) =>
      [...SETS, "Old"].map((name) => [name, account] as const),
    ),
  ),
  spec: fc.record({
    sessionDuration: fc.constantFrom("PT1H", "PT2H"),
    relayState: fc.constantFrom(null, "https://x"),
    tags: fc.constantFrom(null, { team: "web" }),
  }),
  manageManagementAccount: fc.boolean(),
});
export type World = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** The policy of a world: it defines ReadOnly, Admin and a set that does not exist yet, but not Old. */
export function policyOf({
  rules,
  conventions,
  spec,
}: Pick<World, "rules" | "conventions" | "spec">): AccessPolicy {
  const at = { file: "access.yaml", line: 1, column: 1 };
  return {
    ...aPolicy(rules, { ReadOnly: aSpec(spec), Admin: aSpec(), New: aSpec(spec) }),
    conventions: conventions.map((one) => ({ ...one, at, privileged: [] })),
  };
}

export interface WorldNow {
  readonly instance: InstanceSnapshot;
  readonly ledger: OwnAssignments;
}

/** The initial state of the world. */
function worldAtFirst({ has, owned, ownSets, outdated }: World): WorldNow {
  const instance = anInstance(has, {
    principals: [...GROUPS, ...NAMED_GROUPS].map(stored),
    permissionSets: [...SETS, "Old"].map((name) => ({ name, arn: arnOf(name), spec: aSpec({ tags: {} }) })),
    ownPermissionSetArns: ownSets.map(arnOf),
    outdated: outdated.map(([name, accountId]) => ({ permissionSetArn: arnOf(name), accountId })),
  });
  return { instance, ledger: ownedIn(instance, (_, index) => owned[index] === true) };
}

export function planWorld(
  generated: World,
  policy: AccessPolicy,
  now: WorldNow = worldAtFirst(generated),
): WorldNow & { plan: Plan; desired: string[] } {
  const { breakGlass, manageManagementAccount } = generated;
  const settings = { manageManagementAccount, breakGlass, guardrails: NO_LIMITS };
  const organization = anOrganization();
  const bound = bindPolicy(policy, { organization, directory, now: NOW }, settings);
  const plan = planAccess({ bound, policy, organization, ...now, settings, now: NOW });
  return { plan, desired: bound.assignments.map(assignmentKey), ...now };
}

/** The world after every change of the plan. */
export function carryOut(plan: Plan, { instance, ledger }: WorldNow): WorldNow {
  const own = new Map(ledger);
  let { assignments, permissionSets, ownPermissionSetArns } = instance;
  for (const { action, name, spec } of plan.permissionSets) {
    const arn = arnOf(name);
    permissionSets = permissionSets.filter((set) => set.name !== name);
    if (action !== "delete") permissionSets = [...permissionSets, { name, arn, spec }];
    if (action === "create") ownPermissionSetArns = [...ownPermissionSetArns, arn];
  }
  for (const change of plan.assignments) {
    const target = toAssignment(change);
    const isSame = (other: InstanceAssignment) => JSON.stringify(other) === JSON.stringify(target);
    if (change.action === "create") assignments = [...assignments, target];
    else assignments = assignments.filter((other) => !isSame(other));
    const { directoryId, name: principalName } = change.principal;
    if (change.action === "create") own.set(ledgerKey(target), { directoryId, principalName });
    else own.delete(ledgerKey(target));
  }
  const updated = plan.permissionSets
    .filter(({ action }) => action === "update")
    .map(({ name }) => arnOf(name));
  const renewed = new Set(plan.provisioning.map(({ arn, accountId }) => `${arn} ${accountId}`));
  const outdated = instance.outdated.filter(
    ({ permissionSetArn: arn, accountId }) => !updated.includes(arn) && !renewed.has(`${arn} ${accountId}`),
  );
  return {
    instance: { ...instance, assignments, permissionSets, ownPermissionSetArns, outdated },
    ledger: own,
  };
}
