import type { DirectorySnapshot } from "../model/directory.ts";
import type { Account, Organization } from "../model/organization.ts";
import { assignmentKey } from "../plan/assignment-key.ts";
import type { Reason } from "../plan/plan.ts";
import type { Settings } from "../settings.ts";
import { AccountBinder } from "./bind-accounts.ts";
import { PrincipalBinder } from "./bind-principals.ts";
import type { BoundAssignment, BoundPolicy, BoundPrincipal } from "./bound-policy.ts";
import { compareText } from "./canonical-json.ts";
import { findPolicyIssues } from "./find-policy-issues.ts";
import { Findings } from "./findings.ts";
import type { AccessPolicy, AccessRule } from "./policy.ts";

interface World {
  readonly organization: Organization;
  readonly directory: DirectorySnapshot;
}

/**
 * Resolves every name of the policy and expands every target. The order of the rules changes reasons, never the result.
 * @throws {FlowError} PolicyInvalid with every name that means nothing or more than one thing; IncompleteRead
 */
export function bindPolicy(
  policy: AccessPolicy,
  { organization, directory }: World,
  settings: Pick<Settings, "manageManagementAccount">,
): BoundPolicy {
  const findings = new Findings(policy, findPolicyIssues(policy));
  const accountBinder = new AccountBinder(organization, findings);
  const principalBinder = new PrincipalBinder(directory, findings);
  const rules = policy.rules.map((rule, index) => ({
    rule,
    index,
    accounts: accountBinder.accountsOf(rule, index).filter(({ state }) => state === "ACTIVE"),
    principals: principalBinder.principalsOf(rule, index),
  }));

  const isManagement = ({ id }: Account): boolean => id === organization.managementAccountId;
  const assignments = new Map<string, BoundAssignment>();
  for (const { rule, index, accounts, principals } of rules) {
    const managed = settings.manageManagementAccount
      ? accounts
      : accounts.filter((account) => !isManagement(account));
    if (accounts.length === 0)
      findings.warn(["rules", index], `rule ${quote(rule)} matches no active account`);
    if (principals.length === 0)
      findings.warn(["rules", index], `rule ${quote(rule)} matches no group or user`);
    for (const assignment of assignmentsOf(rule, managed, principals)) {
      const key = assignmentKey(assignment);
      if (!assignments.has(key)) assignments.set(key, assignment);
    }
  }

  const leftOut = rules.filter(
    ({ accounts }) => !settings.manageManagementAccount && accounts.some(isManagement),
  );
  if (leftOut.length > 0) {
    findings.warnAtLarge(
      `The management account ${organization.managementAccountId} is left out of ` +
        `${leftOut.map(({ rule }) => quote(rule)).join(", ")}: the setting manageManagementAccount is off`,
    );
  }
  const warnings = findings.warnings();
  return {
    assignments: inOrder(assignments),
    principals: uniquePrincipals(rules.flatMap(({ principals }) => principals)),
    warnings,
  };
}

function* assignmentsOf(
  rule: AccessRule,
  accounts: readonly Account[],
  principals: readonly BoundPrincipal[],
): Generator<BoundAssignment> {
  const reason: Reason = { rule: rule.name, where: `${rule.at.file}:${rule.at.line}`, text: rule.name };
  const permissionSets = rule.permissionSets.filter((name) => !rule.except.permissionSets.includes(name));
  for (const { id: accountId, name: accountName } of accounts) {
    for (const permissionSet of permissionSets) {
      for (const principal of principals) yield { accountId, accountName, permissionSet, principal, reason };
    }
  }
}

function quote({ name }: AccessRule): string {
  return JSON.stringify(name);
}

function inOrder<T>(byKey: ReadonlyMap<string, T>): T[] {
  return [...byKey].toSorted(([a], [b]) => compareText(a, b)).map(([, value]) => value);
}

function uniquePrincipals(principals: readonly BoundPrincipal[]): BoundPrincipal[] {
  return inOrder(
    new Map(principals.map((principal) => [`${principal.type}/${principal.directoryId}`, principal])),
  );
}
