import type { PrincipalType } from "../model/instance.ts";
import type { Reason } from "../model/reason.ts";

/** A group or user of the directory that a rule is for. */
export interface BoundPrincipal {
  readonly type: PrincipalType;
  /** Entra object id. */
  readonly directoryId: string;
  /** Display name of a group, user principal name of a user. */
  readonly name: string;
}

/** One assignment that should exist. */
export interface BoundAssignment {
  readonly accountId: string;
  readonly accountName: string;
  readonly permissionSet: string;
  readonly principal: BoundPrincipal;
  /** The first rule of the file that asks for it. */
  readonly reason: Reason;
}

/** The access policy applied to the current state: every name resolved, every target expanded. */
export interface BoundPolicy {
  /** Each once, ordered by account, permission set, principal. */
  readonly assignments: readonly BoundAssignment[];
  /** What expired rules would grant; the reason says which rule and when. */
  readonly expired: readonly BoundAssignment[];
  /** Everybody who must be in the scope of the enterprise application, including descendants of expanded groups. */
  readonly principals: readonly BoundPrincipal[];
  readonly warnings: readonly string[];
}
