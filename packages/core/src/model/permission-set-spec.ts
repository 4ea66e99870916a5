export interface CustomerManagedPolicy {
  readonly name: string;
  readonly path: string;
}

/** The contents of a permission set, in the access policy or on the instance. */
export interface PermissionSetSpec {
  readonly description: string | null;
  /** ISO 8601 duration, `PT1H` to `PT12H`. */
  readonly sessionDuration: string;
  /** The page that a session opens in the console; null in a policy that keeps the current one. */
  readonly relayState: string | null;
  /** ARNs, sorted. */
  readonly awsManagedPolicies: readonly string[];
  /** Sorted by path and name. */
  readonly customerManagedPolicies: readonly CustomerManagedPolicy[];
  /** Canonical JSON (sorted keys, no white space) or null. */
  readonly inlinePolicy: string | null;
  readonly permissionsBoundary: PermissionsBoundary | null;
  /** All tags; null if not given or not read: then they are not changed. */
  readonly tags: Readonly<Record<string, string>> | null;
}

export type PermissionsBoundary =
  | { readonly awsManagedPolicy: string }
  | { readonly customerManagedPolicy: CustomerManagedPolicy };
