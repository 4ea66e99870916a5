import type { PermissionSetSpec, PolicyGuardrails } from "../policy/policy.ts";
import type { InstanceScope, PrincipalType } from "../model/instance.ts";

/** Why a change is in the plan. */
export interface Reason {
  /** Name of the rule that asks for it, or did until it expired; null when no rule asks for it any more. */
  readonly rule: string | null;
  /** `access.yaml:12` or null. */
  readonly where: string | null;
  readonly text: string;
}

export interface PlanPrincipal {
  readonly type: PrincipalType;
  /** Entra object id; null for a principal that SCIM did not make. */
  readonly directoryId: string | null;
  /** Identity store id; null until provisioning has brought it. */
  readonly principalId: string | null;
  readonly name: string;
}

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
  /** What it will be, or was. */
  readonly spec: PermissionSetSpec;
  /** What differs, in words: `sessionDuration PT1H -> PT4H`; of a deletion, why. */
  readonly changes: readonly string[];
}

/** A role that is brought up to date although its permission set stays as it is. */
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
  /** Roles to bring up to date, without those of permission sets that the plan updates. */
  readonly provisions: number;
  /** Assignments on the instance that neither a rule nor the ledger knows: reported, never touched. */
  readonly foreign: number;
}

/** The ordered difference between desired and actual access. Plain JSON: storable, printable, comparable. */
export interface Plan {
  readonly version: 1;
  /** Of the instance that it is for. */
  readonly instanceArn: string;
  /** What it is about: all access, or that of some groups or in some accounts. */
  readonly scope: { readonly scope: "full" } | InstanceScope;
  /** ISO time. */
  readonly madeAt: string;
  /** Hash of the state (organization, instance, directory, ledger) it was made from. */
  readonly stateHash: string;
  readonly permissionSets: readonly PermissionSetChange[];
  /** By permission set and account. The roles of a set that the plan updates are not in it: they follow from the update. */
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
