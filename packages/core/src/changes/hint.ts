/** What an event says may have changed, and nothing more: its consumer reads the state first. */
export type Hint =
  /** A group, by the id of the directory or of the identity store. */
  | { readonly kind: "group"; readonly id: string }
  | { readonly kind: "account"; readonly id: string }
  /** The set of users; it matters if the access policy names users. */
  | { readonly kind: "users" }
  /** A version of the access policy, by its id in the object store. */
  | { readonly kind: "policy"; readonly id: string }
  | { readonly kind: "all" };

/** A change of Identity Center or of its identity store, and who made it. */
export interface ForeignChange {
  readonly operation: string;
  /** ARN, or what the event has instead. */
  readonly actor: string;
  /** Name of the role that acted; null if it was not a role. */
  readonly roleName: string | null;
  readonly accountId: string | null;
}

/** An execution of the deployment, and who started it. */
export interface StartedRun {
  readonly executionArn: string;
  /** ARN; null for a service of AWS. */
  readonly identity: string | null;
  /** Name of the role that acted; null if it was not a role. */
  readonly roleName: string | null;
}

/** The meaning of one event. */
export interface Reading {
  readonly hints: readonly Hint[];
  /** Set for changes that are made by API or console rather than by provisioning. */
  readonly change?: ForeignChange;
  /** Set for an execution that somebody or something started. */
  readonly start?: StartedRun;
  /** Type of a Health event that announces the end of a SCIM token. */
  readonly scimTokenExpiry?: string;
}

export const NOTHING: Reading = { hints: [] };
export const ALL: Reading = { hints: [{ kind: "all" }] };

/** The group, or everything if the event does not name one. */
export function groupOrAll(id: string | null | undefined): Reading {
  return id ? { hints: [{ kind: "group", id }] } : ALL;
}

/** The version of the policy, or everything if the event does not name one. */
export function policyOrAll(versionId: string | null | undefined): Reading {
  return versionId ? { hints: [{ kind: "policy", id: versionId }] } : ALL;
}

/** The account, or everything if the event does not name one. */
export function accountOrAll(id: string | null | undefined): Reading {
  return id ? { hints: [{ kind: "account", id }] } : ALL;
}
