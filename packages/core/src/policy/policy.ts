import type { PermissionSetSpec } from "../model/permission-set-spec.ts";
import type { SourcePosition } from "../model/source-position.ts";

/**
 * The principals that a rule includes or excludes; a group by display name or object id, a user by UPN or object id.
 */
export interface PrincipalSelection {
  readonly groups: readonly string[];
  readonly users: readonly string[];
}

/** Where a rule applies or does not. Several kinds are combined. */
export interface TargetSelection {
  readonly root: boolean;
  /** Paths (`Workloads/Production`) or ids; accounts below are included. */
  readonly ou: readonly string[];
  /** An account matches if it has one of the values for every key. */
  readonly accountTags: Readonly<Record<string, readonly string[]>>;
  /** Names or twelve-digit ids. */
  readonly accounts: readonly string[];
}

export interface AccessRule extends PrincipalSelection {
  readonly name: string;
  readonly at: SourcePosition;
  /** ISO time in UTC with milliseconds, after which the rule grants nothing; null: never. */
  readonly expires: string | null;
  /** `expand`: groups nested in the named ones are assigned too, since Entra never syncs them through their parent. */
  readonly nested: "ignore" | "expand";
  readonly permissionSets: readonly string[];
  readonly targets: TargetSelection;
  readonly except: PrincipalSelection & TargetSelection & { readonly permissionSets: readonly string[] };
}

/** Names of groups that grant access: `AWS-{account}-{permissionSet}`. */
export interface NamingConvention {
  readonly pattern: string;
  readonly at: SourcePosition;
  readonly permissionSets: readonly string[];
  /** Granted too, though privileged. */
  readonly privileged: readonly string[];
}

/** Limits that the policy adds to the deployment's; null: that of the deployment. */
export interface PolicyGuardrails {
  readonly maxDeletions: number | null;
  readonly maxDeletionPercent: number | null;
  readonly deletionsPerDay: number | null;
  readonly approveAbove: { readonly assignments: number | null; readonly accounts: number | null };
  readonly paused: boolean;
}

/** The parsed access policy: the desired access. */
export interface AccessPolicy {
  readonly file: string;
  readonly permissionSets: Readonly<Record<string, PermissionSetSpec>>;
  readonly rules: readonly AccessRule[];
  readonly conventions: readonly NamingConvention[];
  readonly guardrails: PolicyGuardrails;
  /** Position of every node by path (`rules.0.groups.1`), for findings made after parsing. */
  readonly positions: Readonly<Record<string, SourcePosition>>;
}
