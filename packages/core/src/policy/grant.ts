import type { Account } from "../model/organization.ts";
import { assignmentKey } from "../model/assignment-key.ts";
import type { Reason } from "../model/reason.ts";
import type { BoundAssignment, BoundPrincipal } from "./bound-policy.ts";

/** What one rule grants, or one group whose name matches a convention: each principal, each set, each account. */
export interface Grant {
  readonly reason: Reason;
  readonly accounts: readonly Account[];
  readonly permissionSets: readonly string[];
  readonly principals: readonly BoundPrincipal[];
  /** Object ids of the groups that are named; the other principals are nested in them. */
  readonly roots: readonly string[];
}

/** Each assignment once, by key, for the first reason that asks for it. */
export function expandGrants(grants: readonly Grant[]): Map<string, BoundAssignment> {
  const assignments = new Map<string, BoundAssignment>();
  for (const { reason, accounts, permissionSets, principals } of grants) {
    for (const { id: accountId, name: accountName } of accounts) {
      for (const permissionSet of permissionSets) {
        for (const principal of principals) {
          const assignment = { accountId, accountName, permissionSet, principal, reason };
          const key = assignmentKey(assignment);
          if (!assignments.has(key)) assignments.set(key, assignment);
        }
      }
    }
  }
  return assignments;
}
