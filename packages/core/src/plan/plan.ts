import type { PlanPrincipal } from "../model/plan-principal.ts";
import type { Reason } from "../model/reason.ts";
import type { PolicyGuardrails } from "../policy/policy.ts";
import type { PermissionSetSpec } from "../model/permission-set-spec.ts";
import type { InstanceScope } from "../model/instance.ts";

export interface AssignmentChange {
  readonly action: "create" | "delete";
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSet: string;
  readonly principal: PlanPrincipal;
  readonly reason: Reason;
}

export interface PermissionSetChange {
  /** Deletions come after those of the assignments. */
  readonly action: "create" | "update" | "delete";
  readonly name: string;
  /** Null until it exists. */
  readonly arn: string | null;
  /** The future spec; for a deletion, the former one. */
  readonly spec: PermissionSetSpec;
  /** The differences in words: `sessionDuration PT1H -> PT4H`; for a deletion, the reason. */
  readonly changes: readonly string[];
}

/** A role that is updated although its permission set is not. */
export interface ProvisioningChange {
  /** Name and ARN of the permission set. */
  readonly permissionSet: string;
  readonly arn: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly reason: string;
}

export interface PlanCounts {
  readonly desired: number;
  readonly unchanged: number;
  readonly creates: number;
  readonly deletes: number;
  readonly permissionSetCreates: number;
  readonly permissionSetUpdates: number;
  readonly permissionSetDeletes: number;
  /** Roles to update, without those of permission sets that the plan updates. */
  readonly provisions: number;
  /** Assignments on the instance that are in neither a rule nor the ledger: reported, never changed. */
  readonly foreign: number;
}

/** The ordered difference between desired and actual access. Plain JSON: storable, printable, comparable. */
export interface Plan {
  readonly version: 1;
  /** ARN of the instance that it is for. */
  readonly instanceArn: string;
  /** What it covers: all access, or only some groups or accounts. */
  readonly scope: { readonly scope: "full" } | InstanceScope;
  /** ISO time. */
  readonly madeAt: string;
  /** Hash of the state (organization, instance, directory, ledger) it was made from. */
  readonly stateHash: string;
  readonly permissionSets: readonly PermissionSetChange[];
  /**
   * Ordered by permission set and account. Excludes the roles of a set that the plan updates: the update includes them.
   */
  readonly provisioning: readonly ProvisioningChange[];
  /** Deletes first, then creates; within each by account, permission set, principal. */
  readonly assignments: readonly AssignmentChange[];
  /** Principals that a rule names and the identity store does not have yet. */
  readonly awaited: readonly PlanPrincipal[];
  readonly counts: PlanCounts;
  readonly warnings: readonly string[];
  /** Limits of the policy that it was made from. */
  readonly guardrails: PolicyGuardrails;
}
