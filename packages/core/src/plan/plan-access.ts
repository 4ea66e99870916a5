import type { InstanceSnapshot } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import type { BoundAssignment, BoundPolicy } from "../policy/bound-policy.ts";
import { compareText } from "../policy/canonical-json.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Settings } from "../settings.ts";
import { StorePrincipals, actualAssignments } from "./actual-assignments.ts";
import { assignmentKey } from "./assignment-key.ts";
import type { AssignmentChange, PermissionSetChange, Plan, PlanPrincipal } from "./plan.ts";
import { planDeletions } from "./plan-deletions.ts";
import { planPermissionSetDeletions } from "./plan-permission-set-deletions.ts";
import { planPermissionSets } from "./plan-permission-sets.ts";
import { warnOfAwaited, warnOfGroupQuota, warnOfTakenNames, warnOfWideChanges } from "./plan-warnings.ts";
import { stateHash } from "./state-hash.ts";

export interface PlanInput {
  readonly bound: BoundPolicy;
  readonly policy: Pick<AccessPolicy, "permissionSets" | "guardrails">;
  readonly organization: Organization;
  readonly instance: InstanceSnapshot;
  /** Keys ({@link assignmentKey}) of the assignments that Landbridge made. */
  readonly ledger: ReadonlySet<string>;
  readonly settings: Pick<Settings, "manageManagementAccount" | "breakGlass">;
  /** ISO time. */
  readonly now: string;
}

/**
 * What has to change for the instance to be as the policy says. Pure, and the same for the same world in any order.
 * @throws {FlowError} IncompleteRead when the snapshot contradicts itself
 */
export function planAccess(input: PlanInput): Plan {
  const { bound, policy, organization, instance, ledger } = input;
  const actual = actualAssignments(instance);
  const actualKeys = new Set(actual.map(({ key }) => key));
  // Made once: with tens of thousands of them, making and hashing keys is most of the work.
  const keys = bound.assignments.map(assignmentKey);
  const desiredKeys = new Set(keys);
  const principals = new StorePrincipals(instance.principals);

  const missing = bound.assignments.filter((_, index) => !actualKeys.has(keys[index] ?? ""));
  const creates = missing.map((assignment) => toCreate(assignment, principals));
  const unwanted = actual.filter(({ key }) => !desiredKeys.has(key));
  const expired = new Map(bound.expired.map((assignment) => [assignmentKey(assignment), assignment.reason]));
  const { deletes, kept, foreign, warnings } = planDeletions({ ...input, unwanted, expired });
  const permissionSets = [
    ...planPermissionSets(policy, instance.permissionSets),
    ...planPermissionSetDeletions({ policy, instance, kept, settings: input.settings }),
  ];
  const countSets = (wanted: PermissionSetChange["action"]) =>
    permissionSets.filter(({ action }) => action === wanted).length;
  const awaited = bound.principals
    .map((principal) => toPlanPrincipal(principal, principals))
    .filter(({ principalId }) => principalId === null)
    .toSorted(comparePrincipals);

  const assignments = [...deletes.toSorted(compareChanges), ...creates.toSorted(compareChanges)];

  return {
    version: 1,
    madeAt: input.now,
    stateHash: stateHash({ desired: keys, policy, organization, instance, actual, ledger }),
    permissionSets,
    assignments,
    awaited,
    counts: {
      desired: bound.assignments.length,
      unchanged: bound.assignments.length - creates.length,
      creates: creates.length,
      deletes: deletes.length,
      permissionSetCreates: countSets("create"),
      permissionSetUpdates: countSets("update"),
      permissionSetDeletes: countSets("delete"),
      foreign,
    },
    warnings: [
      ...bound.warnings,
      ...warnings,
      ...warnOfGroupQuota([...bound.assignments, ...kept]),
      ...warnOfWideChanges(assignments),
      ...warnOfAwaited(awaited),
      ...warnOfTakenNames(awaited, instance),
    ],
    guardrails: policy.guardrails,
  };
}

function toCreate(assignment: BoundAssignment, principals: StorePrincipals): AssignmentChange {
  return { action: "create", ...assignment, principal: toPlanPrincipal(assignment.principal, principals) };
}

function toPlanPrincipal(
  { type, directoryId, name }: BoundAssignment["principal"],
  principals: StorePrincipals,
): PlanPrincipal {
  return { type, directoryId, principalId: principals.principalIdOf(type, directoryId), name };
}

function compareChanges(a: AssignmentChange, b: AssignmentChange): number {
  return (
    compareText(a.accountId, b.accountId) ||
    compareText(a.permissionSet, b.permissionSet) ||
    comparePrincipals(a.principal, b.principal)
  );
}

function comparePrincipals(a: PlanPrincipal, b: PlanPrincipal): number {
  return compareText(a.type, b.type) || compareText(a.name, b.name) || compareText(idOf(a), idOf(b));
}

function idOf({ directoryId, principalId }: PlanPrincipal): string {
  return directoryId ?? principalId ?? "";
}
