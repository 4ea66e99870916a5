import type { PermissionSetSpec } from "./permission-set-spec.ts";

/** The IAM Identity Center organization instance (`ListInstances`, `DescribeInstance`). */
export interface Instance {
  readonly instanceArn: string;
  /** `d-…` */
  readonly identityStoreId: string;
  readonly ownerAccountId: string;
  readonly region: string;
}

export type PrincipalType = "GROUP" | "USER";

/** What AWS stores: one principal has one permission set in one account. */
export interface InstanceAssignment {
  readonly accountId: string;
  readonly permissionSetArn: string;
  readonly principalType: PrincipalType;
  /** Identity store id of the group or user. */
  readonly principalId: string;
}

export interface NamedPermissionSet {
  readonly arn: string;
  readonly name: string;
}

export interface InstancePermissionSet extends NamedPermissionSet {
  readonly spec: PermissionSetSpec;
}

/** A permission set in an account: one listing shows who has it there. */
export interface Place {
  readonly accountId: string;
  readonly permissionSetArn: string;
}

/** A role that is older than its permission set. */
export interface OutdatedRole {
  readonly permissionSetArn: string;
  readonly accountId: string;
}

/** A group or user of the identity store; `externalId` is the Entra object id if SCIM created it. */
export interface StorePrincipal {
  readonly type: PrincipalType;
  readonly principalId: string;
  /** displayName of a group, userName of a user. */
  readonly name: string;
  readonly externalId: string | null;
}

/** One complete read of the instance. */
export interface InstanceSnapshot {
  readonly instance: Instance;
  readonly permissionSets: readonly InstancePermissionSet[];
  readonly assignments: readonly InstanceAssignment[];
  readonly principals: readonly StorePrincipal[];
  /** Permission sets that Landbridge created; some may be gone. */
  readonly ownPermissionSetArns: readonly string[];
  /** Out-of-date roles of the permission sets that the policy defines. */
  readonly outdated: readonly OutdatedRole[];
}

/**
 * The part of an instance that a run covers: groups by Entra or identity store id, including descendants, or accounts.
 */
export interface InstanceScope {
  readonly scope: "groups" | "accounts";
  readonly ids: readonly string[];
}

/** The scope that a run is asked for. */
export interface RequestedScope extends InstanceScope {
  /**
   * What to do with unknown ids. A person's typing error is refused; an event may be about a group that no longer
   * exists.
   */
  readonly unknownIds: "refuse" | "ignore";
}

/**
 * One read of a part of the instance: every assignment inside the scope and none outside. Permission sets by name: their
 * contents concern every account.
 */
export interface ScopedSnapshot extends Pick<InstanceSnapshot, "instance" | "assignments" | "principals"> {
  readonly scope: InstanceScope;
  readonly permissionSets: readonly NamedPermissionSet[];
}
