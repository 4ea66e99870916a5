import type { Tags } from "./tags.ts";

export interface PolicyReference {
  readonly Name: string;
  readonly Path: string;
}

/** A union: exactly one of the two. */
export type PermissionsBoundary =
  | { readonly ManagedPolicyArn: string }
  | { readonly CustomerManagedPolicyReference: PolicyReference };

export interface PermissionSet {
  readonly arn: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  description: string | null;
  /** ISO 8601 duration. */
  sessionDuration: string;
  relayState: string | null;
  managedPolicyArns: string[];
  customerPolicies: PolicyReference[];
  /** JSON text; null if there is none. */
  inlinePolicy: string | null;
  boundary: PermissionsBoundary | null;
  readonly tags: Tags;
  /** Increases with every change: a role created from an older revision is out of date. */
  revision: number;
}
