import type { OwnAssignment, OwnAssignments } from "../ledger/own-assignments.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import type { PrincipalType } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import type { ActualAssignment } from "../model/actual-assignments.ts";
import { assignmentKey } from "../model/assignment-key.ts";
import type { AssignmentChange } from "./plan.ts";
import type { Reason } from "../model/reason.ts";
import { isProtected, type Protection } from "./protection.ts";

interface DeletionInput {
  /** Assignments of the instance that no rule asks for. */
  readonly unwanted: readonly ActualAssignment[];
  readonly ledger: OwnAssignments;
  /** What rules asked for until they expired, by key. */
  readonly expired: ReadonlyMap<string, Reason>;
  /** Keys of what rules ask for whose principal is not in the identity store. */
  readonly awaited: ReadonlySet<string>;
  readonly organization: Organization;
  readonly settings: Protection;
}

interface Deletions {
  readonly deletes: readonly AssignmentChange[];
  /** What stays although no rule asks for it. */
  readonly kept: readonly ActualAssignment[];
  /** Those that are Landbridge's own, by ledger key with each one's fate. */
  readonly own: readonly string[];
  /** The number of those that Landbridge did not create. */
  readonly foreign: number;
  readonly warnings: readonly string[];
}

type Verdict = "delete" | "foreign" | "protected" | "unreachable" | "awaited";

const NO_RULE: Reason = { rule: null, where: null, text: "no rule asks for it any more" };
const GONE: Readonly<Record<PrincipalType, Reason>> = {
  GROUP: { rule: null, where: null, text: "its group does not exist any more" },
  USER: { rule: null, where: null, text: "its user does not exist any more" },
};

/**
 * Decides which unwanted assignments are deleted: only those in the ledger, never a protected one, and none in an
 * inactive account. AWS fails those after a long time (DeleteAccountAssignment), and an unknown account may mean an
 * incomplete read. The same applies to a missing principal: what a rule asks for stays until the identity store has its
 * principal again.
 */
export function planDeletions(input: DeletionInput): Deletions {
  const { unwanted, ledger, expired, awaited, organization, settings } = input;
  const accounts = new Map(organization.accounts.map((account) => [account.id, account]));
  const deletes: AssignmentChange[] = [];
  const kept: ActualAssignment[] = [];
  const ownKeys: string[] = [];
  const counts = { delete: 0, foreign: 0, protected: 0, unreachable: 0, awaited: 0 };
  for (const assignment of unwanted) {
    const account = accounts.get(assignment.accountId);
    const key = ledgerKeyOf(assignment);
    const own = ledger.get(key);
    const verdict = own === undefined ? "foreign" : judge(assignment, own);
    counts[verdict] += 1;
    if (own !== undefined) ownKeys.push(`${key} ${verdict}`);
    if (verdict === "delete" && own && account) deletes.push(toDelete(assignment, account.name, own));
    else kept.push(assignment);
  }
  return { deletes, kept, own: ownKeys, foreign: counts.foreign, warnings: warningsOf(counts) };

  function judge(assignment: ActualAssignment, own: OwnAssignment): Verdict {
    // A deleted group or user is identified by its former object id.
    const directoryId = assignment.principal.isGone ? own.directoryId : assignment.principal.directoryId;
    const known = { ...assignment, principal: { ...assignment.principal, directoryId } };
    if (isProtected(known, organization.managementAccountId, settings)) return "protected";
    if (accounts.get(assignment.accountId)?.state !== "ACTIVE") return "unreachable";
    const { accountId, permissionSet, principal } = assignment;
    if (!principal.isGone || own.directoryId === null) return "delete";
    const asked = { type: principal.type, directoryId: own.directoryId };
    return awaited.has(assignmentKey({ accountId, permissionSet, principal: asked })) ? "awaited" : "delete";
  }

  function toDelete(assignment: ActualAssignment, accountName: string, own: OwnAssignment): AssignmentChange {
    const { accountId, permissionSet, principal } = assignment;
    const { type, directoryId, principalId, isGone } = principal;
    const name = isGone ? own.principalName : principal.name;
    const reason = isGone ? GONE[type] : (expired.get(assignmentKey(assignment)) ?? NO_RULE);
    const who = { type, directoryId, principalId, name };
    return { action: "delete", accountId, accountName, permissionSet, principal: who, reason };
  }
}

function ledgerKeyOf({ accountId, permissionSetArn, principal }: ActualAssignment): string {
  const { type: principalType, principalId } = principal;
  return ledgerKey({ accountId, permissionSetArn, principalType, principalId });
}

function warningsOf(counts: Readonly<Record<Verdict, number>>): string[] {
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
  if (counts.awaited > 0) {
    warnings.push(
      `${counts.awaited} assignment(s) of groups or users that AWS no longer has are kept until provisioning restores them`,
    );
  }
  return warnings;
}
