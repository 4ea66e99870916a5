import type { Organization } from "../model/organization.ts";
import type { ActualAssignment } from "./actual-assignments.ts";
import { assignmentKey } from "./assignment-key.ts";
import type { AssignmentChange, Reason } from "./plan.ts";
import { isProtected, type Protection } from "./protection.ts";

interface DeletionInput {
  /** Assignments of the instance that no rule asks for. */
  readonly unwanted: readonly ActualAssignment[];
  readonly ledger: ReadonlySet<string>;
  /** By key, what rules asked for until they expired. */
  readonly expired: ReadonlyMap<string, Reason>;
  readonly organization: Organization;
  readonly settings: Protection;
}

interface Deletions {
  readonly deletes: readonly AssignmentChange[];
  /** What stays although no rule asks for it. */
  readonly kept: readonly ActualAssignment[];
  /** How many of those Landbridge did not make. */
  readonly foreign: number;
  readonly warnings: readonly string[];
}

const NO_RULE: Reason = { rule: null, where: null, text: "no rule asks for it any more" };

/**
 * Which unwanted assignments go. Only those of the ledger do, never a protected one, and none of an account that is
 * not active: AWS fails those after a long while (aws.md 4.2), and an unknown account may be an incomplete read.
 */
export function planDeletions(input: DeletionInput): Deletions {
  const { unwanted, ledger, expired, organization, settings } = input;
  const accounts = new Map(organization.accounts.map((account) => [account.id, account]));
  const deletes: AssignmentChange[] = [];
  const kept: ActualAssignment[] = [];
  const counts = { foreign: 0, protected: 0, unreachable: 0 };
  for (const assignment of unwanted) {
    const account = accounts.get(assignment.accountId);
    const key = assignmentKey(assignment);
    const verdict = judge(assignment, key);
    if (verdict === "delete" && account) {
      const { accountId, permissionSet, principal } = assignment;
      const reason = expired.get(key) ?? NO_RULE;
      const place = { accountId, accountName: account.name, permissionSet };
      deletes.push({ action: "delete", ...place, principal, reason });
      continue;
    }
    kept.push(assignment);
    if (verdict === "delete") counts.unreachable++;
    else counts[verdict]++;
  }
  return { deletes, kept, foreign: counts.foreign, warnings: warningsOf(counts) };

  function judge(
    assignment: ActualAssignment,
    key: string,
  ): "delete" | "foreign" | "protected" | "unreachable" {
    if (!ledger.has(key)) return "foreign";
    if (isProtected(assignment, organization.managementAccountId, settings)) return "protected";
    return accounts.get(assignment.accountId)?.state === "ACTIVE" ? "delete" : "unreachable";
  }
}

function warningsOf(counts: { readonly protected: number; readonly unreachable: number }): string[] {
  const warnings: string[] = [];
  if (counts.protected > 0) {
    warnings.push(
      `${counts.protected} assignment(s) that no rule asks for are kept: break-glass or management account`,
    );
  }
  if (counts.unreachable > 0) {
    warnings.push(
      `${counts.unreachable} assignment(s) that no rule asks for are kept: their account is not active or unknown`,
    );
  }
  return warnings;
}
