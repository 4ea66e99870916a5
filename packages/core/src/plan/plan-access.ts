import type { OwnAssignments } from "../ledger/own-assignments.ts";
import type { InstanceScope, InstanceSnapshot, ScopedSnapshot } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import type { BoundAssignment, BoundPolicy } from "../policy/bound-policy.ts";
import { compareText } from "../text/canonical-json.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Settings } from "../settings.ts";
import { type ActualAssignment, StorePrincipals, actualAssignments } from "../model/actual-assignments.ts";
import { type AssignmentIdentity, assignmentKey, idOf } from "../model/assignment-key.ts";
import { inScope } from "../model/in-scope.ts";
import { AssignmentNumbers, NumberSet } from "./number-assignments.ts";
import type { AssignmentChange, PermissionSetChange, Plan } from "./plan.ts";
import type { PlanPrincipal } from "../model/plan-principal.ts";
import { planDeletions } from "./plan-deletions.ts";
import { planPermissionSetDeletions } from "./plan-permission-set-deletions.ts";
import { planNeededSets, planPermissionSets } from "./plan-permission-sets.ts";
import { planProvisioning } from "./plan-provisioning.ts";
import {
  warnOfAwaited,
  warnOfGroupQuota,
  warnOfLooserLimits,
  warnOfTakenNames,
  warnOfWideChanges,
} from "./plan-warnings.ts";
import { stateHash } from "./state-hash.ts";

export interface PlanInput {
  readonly bound: BoundPolicy;
  readonly policy: Pick<AccessPolicy, "permissionSets" | "guardrails">;
  readonly organization: Organization;
  readonly instance: InstanceSnapshot | ScopedSnapshot;
  /** The assignments that Landbridge created. */
  readonly ledger: OwnAssignments;
  readonly settings: Pick<Settings, "manageManagementAccount" | "breakGlass" | "guardrails">;
  /** ISO time. */
  readonly now: string;
}

/**
 * Plans the changes that make the instance match the policy. Pure, and independent of the order of its input. For a
 * scoped snapshot the result is the part of the full plan inside the scope.
 * @throws {FlowError} IncompleteRead when the snapshot contradicts itself
 */
export function planAccess(input: PlanInput): Plan {
  const { policy, organization, instance, now } = input;
  const scope = "scope" in instance ? instance.scope : null;
  const desired = within(scope, input.bound.assignments);
  const actual = within(scope, actualAssignments(instance));
  const numbers = new AssignmentNumbers(desired, actual);
  const desiredNumbers = numbers.of(desired);
  const actualNumbers = numbers.of(actual);
  const isDesired = new NumberSet(desiredNumbers);
  const isActual = new NumberSet(actualNumbers);
  const principals = new StorePrincipals(instance.principals);

  const missing = desired.filter((_, index) => !isActual.has(desiredNumbers[index] ?? Number.NaN));
  const creates = missing.map((assignment) => toCreate(assignment, principals));
  const unwanted = actual.filter((_, index) => !isDesired.has(actualNumbers[index] ?? Number.NaN));
  const expired = new Map(
    input.bound.expired.map((assignment) => [assignmentKey(assignment), assignment.reason]),
  );
  const awaitedKeys = new Set(
    creates.filter(({ principal }) => principal.principalId === null).map(assignmentKey),
  );
  const { deletes, kept, own, foreign, warnings } = planDeletions({
    ...input,
    unwanted,
    expired,
    awaited: awaitedKeys,
  });
  const permissionSets = planSets(input, { creates, kept });
  const roles = planRoles(input, permissionSets);
  const countSets = (wanted: PermissionSetChange["action"]) =>
    permissionSets.filter(({ action }) => action === wanted).length;
  const awaited = findAwaited(input, { creates, principals });
  const assignments = [...deletes.toSorted(compareChanges), ...creates.toSorted(compareChanges)];

  return {
    version: 1,
    instanceArn: instance.instance.instanceArn,
    scope: scope ?? { scope: "full" },
    madeAt: now,
    stateHash: stateHash({
      numbers,
      desired: isDesired,
      actual: isActual,
      policy,
      organization,
      instance,
      own,
    }),
    permissionSets,
    provisioning: roles.provisioning,
    assignments,
    awaited,
    counts: {
      desired: desired.length,
      unchanged: desired.length - creates.length,
      creates: creates.length,
      deletes: deletes.length,
      permissionSetCreates: countSets("create"),
      permissionSetUpdates: countSets("update"),
      permissionSetDeletes: countSets("delete"),
      provisions: roles.provisioning.length,
      foreign,
    },
    warnings: [
      ...input.bound.warnings,
      ...warnings,
      ...roles.warnings,
      ...warnOfGroupQuota(desired, kept),
      ...warnOfWideChanges(assignments),
      ...warnOfAwaited(awaited),
      ...warnOfTakenNames(awaited, instance),
      ...warnOfLooserLimits(input.settings.guardrails, policy.guardrails),
    ],
    guardrails: policy.guardrails,
  };
}

function within<T extends AssignmentIdentity>(scope: InstanceScope | null, all: readonly T[]): readonly T[] {
  return scope === null ? all : all.filter(inScope(scope));
}

interface Found {
  readonly creates: readonly AssignmentChange[];
  readonly kept: readonly ActualAssignment[];
}

function planSets(
  { policy, instance, settings }: PlanInput,
  { creates, kept }: Found,
): PermissionSetChange[] {
  if ("scope" in instance) {
    const needed = new Set(creates.map(({ permissionSet }) => permissionSet));
    return planNeededSets(policy, instance.permissionSets, needed);
  }
  return [
    ...planPermissionSets(policy, instance.permissionSets),
    ...planPermissionSetDeletions({ policy, instance, kept, settings }),
  ];
}

/** A scoped plan leaves roles to the full run, as it does changes of permission sets. */
function planRoles(
  { policy, instance, organization, settings }: PlanInput,
  permissionSets: readonly PermissionSetChange[],
): ReturnType<typeof planProvisioning> {
  if ("scope" in instance) return { provisioning: [], warnings: [] };
  return planProvisioning({ policy, instance, organization, settings, permissionSets });
}

/** In a scoped plan, only those that one of its assignments names. */
function findAwaited(
  { bound, instance }: PlanInput,
  { creates, principals }: Pick<Found, "creates"> & { readonly principals: StorePrincipals },
): PlanPrincipal[] {
  const receiving = new Set(creates.map(({ principal }) => principal.directoryId));
  return bound.principals
    .filter(({ directoryId }) => !("scope" in instance) || receiving.has(directoryId))
    .map((principal) => toPlanPrincipal(principal, principals))
    .filter(({ principalId }) => principalId === null)
    .toSorted(comparePrincipals);
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
