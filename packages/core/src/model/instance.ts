import type { PermissionSetSpec } from "../policy/policy.ts";

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

export interface InstancePermissionSet {
  readonly arn: string;
  readonly name: string;
  readonly spec: PermissionSetSpec;
}

/** A group or user of the identity store; `externalId` is the Entra object id when SCIM made it. */
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
  /** Permission sets that Landbridge made; some may be gone. */
  readonly ownPermissionSetArns: readonly string[];
}
