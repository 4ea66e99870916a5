import { ledgerKey } from "../src/ledger/ledger-key.ts";
import type { OwnAssignments } from "../src/ledger/own-assignments.ts";
import type { InstanceAssignment, InstanceSnapshot, StorePrincipal } from "../src/model/instance.ts";
import type { Guardrails } from "../src/settings.ts";
import { NO_GUARDRAILS, aSpec, objectId } from "./sample-world.ts";
import type { BoundAssignment, BoundPolicy, BoundPrincipal } from "../src/policy/bound-policy.ts";
import type { PlanInput } from "../src/plan/plan-access.ts";
import { anOrganization } from "./sample-world.ts";
import type { AssignmentChange, PermissionSetChange, Plan } from "../src/plan/plan.ts";
import type { WriteProof } from "../src/sync-access/write-proof.ts";

/** Builders of plans and their parts, for tests. */

export function arnOf(permissionSet: string): string {
  return `arn:aws:sso:::permissionSet/ssoins-0001/ps-${permissionSet}`;
}

export function aGroupPrincipal(number: number): BoundPrincipal & { readonly type: "GROUP" } {
  return { type: "GROUP", directoryId: objectId(number), name: `Group ${number}` };
}

/** The provisioned group in the identity store. */
export function stored(number: number): StorePrincipal {
  return {
    type: "GROUP",
    principalId: `store-${number}`,
    name: `Group ${number}`,
    externalId: objectId(number),
  };
}

export function wanted(accountId: string, permissionSet: string, groupNumber: number): BoundAssignment {
  const accountName = anOrganization().accounts.find(({ id }) => id === accountId)?.name ?? accountId;
  const reason = { rule: "look", where: "access.yaml:10", text: "look" };
  return { accountId, accountName, permissionSet, principal: aGroupPrincipal(groupNumber), reason };
}

export function bound(
  assignments: readonly BoundAssignment[],
  warnings: readonly string[] = [],
): BoundPolicy {
  const principals = new Map(assignments.map(({ principal }) => [principal.directoryId, principal]));
  return { assignments, expired: [], principals: [...principals.values()], warnings };
}

/** An instance with ReadOnly, Admin and groups 1 to 5; `has` lists `[account, permission set, group]`. */
export function anInstance(
  has: readonly (readonly [string, string, number])[] = [],
  more: Partial<InstanceSnapshot> = {},
): InstanceSnapshot {
  return {
    instance: {
      instanceArn: "arn:aws:sso:::instance/ssoins-0001",
      identityStoreId: "d-0000000001",
      ownerAccountId: "111111111111",
      region: "eu-central-1",
    },
    permissionSets: ["ReadOnly", "Admin"].map((name) => ({ name, arn: arnOf(name), spec: aSpec() })),
    assignments: has.map(([accountId, permissionSet, number]) => ({
      accountId,
      permissionSetArn: arnOf(permissionSet),
      principalType: "GROUP",
      principalId: `store-${number}`,
    })),
    principals: [1, 2, 3, 4, 5].map(stored),
    ownPermissionSetArns: [],
    outdated: [],
    ...more,
  };
}

/** The ledger of somebody who created these assignments; by default all of them. */
export function ownedIn(
  { assignments, principals }: Pick<InstanceSnapshot, "assignments" | "principals">,
  isOwn: (assignment: InstanceAssignment, index: number) => boolean = () => true,
): OwnAssignments {
  const byId = new Map(principals.map((principal) => [principal.principalId, principal]));
  return new Map(
    assignments.filter(isOwn).map((assignment) => {
      const { externalId = null, name = "gone" } = byId.get(assignment.principalId) ?? {};
      return [ledgerKey(assignment), { directoryId: externalId, principalName: name }];
    }),
  );
}

/** The assignment of a change on an instance like {@link anInstance}. */
export function toAssignment({
  accountId,
  permissionSet,
  principal,
}: Pick<AssignmentChange, "accountId" | "permissionSet" | "principal">): InstanceAssignment {
  return {
    accountId,
    permissionSetArn: arnOf(permissionSet),
    principalType: principal.type,
    principalId: principal.principalId ?? "none",
  };
}

/** Guardrails of a deployment that leaves everything to the policy. */
export const NO_LIMITS: Guardrails = {
  maxDeletions: Number.MAX_SAFE_INTEGER,
  maxDeletionPercent: 100,
  deletionsPerDay: Number.MAX_SAFE_INTEGER,
  approveAbove: { assignments: null, accounts: null },
  paused: false,
};

export type PlanInputParts = Partial<Omit<PlanInput, "policy" | "settings">> & {
  readonly policy?: Partial<PlanInput["policy"]>;
  readonly settings?: Partial<PlanInput["settings"]>;
};

/** By default nothing is wanted, and everything that exists is Landbridge's own. */
export function planInput(more: PlanInputParts = {}): PlanInput {
  const instance = more.instance ?? anInstance();
  return {
    bound: bound([]),
    organization: anOrganization(),
    instance,
    ledger: ownedIn(instance),
    now: "2026-11-03T08:00:00.000Z",
    ...more,
    settings: {
      manageManagementAccount: false,
      breakGlass: { principalIds: [], permissionSets: [] },
      guardrails: NO_LIMITS,
      ...more.settings,
    },
    policy: { permissionSets: {}, guardrails: NO_GUARDRAILS, ...more.policy },
  };
}

/** `- Payments ReadOnly Group 1` */
export function changeLines(changes: readonly AssignmentChange[]): string[] {
  return changes.map(
    ({ action, accountName, permissionSet, principal }) =>
      `${action === "create" ? "+" : "-"} ${accountName} ${permissionSet} ${principal.name}`,
  );
}

/** A plan of the given changes and nothing else. */
export function aPlan(
  assignments: readonly AssignmentChange[],
  permissionSets: readonly PermissionSetChange[] = [],
): Plan {
  const creates = assignments.filter(({ action }) => action === "create").length;
  return {
    version: 1,
    instanceArn: "arn:aws:sso:::instance/ssoins-0001",
    scope: { scope: "full" },
    madeAt: "2026-11-03T08:00:00.000Z",
    stateHash: "0",
    permissionSets,
    provisioning: [],
    assignments,
    awaited: [],
    counts: {
      desired: creates,
      unchanged: 0,
      creates,
      deletes: assignments.length - creates,
      permissionSetCreates: 0,
      permissionSetUpdates: 0,
      permissionSetDeletes: 0,
      provisions: 0,
      foreign: 0,
    },
    warnings: [],
    guardrails: NO_GUARDRAILS,
  };
}

/** A proof that always allows writing. */
export function aProof(plan: Plan): WriteProof {
  return { plan, check: () => Promise.resolve() };
}
