import type { InputIssue } from "../yaml/issues.ts";
import { didYouMean } from "../yaml/nearest.ts";
import { findConventionIssues } from "./find-convention-issues.ts";
import { issueAt } from "./issue-at.ts";
import type { AccessPolicy } from "./policy.ts";
import type { SourcePosition } from "../model/source-position.ts";

/** Contradictions inside a policy: duplicate rule names, undefined permission sets. */
export function findPolicyIssues(policy: AccessPolicy): InputIssue[] {
  return [...repeatedNames(policy), ...unknownPermissionSets(policy), ...findConventionIssues(policy)];
}

function repeatedNames(policy: AccessPolicy): InputIssue[] {
  const first = new Map<string, SourcePosition>();
  return policy.rules.flatMap((rule, index) => {
    const earlier = first.get(rule.name);
    if (!earlier) {
      first.set(rule.name, rule.at);
      return [];
    }
    const message = `the rule at line ${earlier.line} has the same name; names must be unique`;
    return [issueAt(policy, ["rules", index, "name"], message)];
  });
}

function unknownPermissionSets(policy: AccessPolicy): InputIssue[] {
  const known = Object.keys(policy.permissionSets);
  const check = (names: readonly string[], path: readonly PropertyKey[]): InputIssue[] =>
    names.flatMap((name, index) => {
      if (known.includes(name)) return [];
      const message = `this file defines no permission set ${JSON.stringify(name)}${didYouMean(name, known)}`;
      return [issueAt(policy, [...path, index], message)];
    });
  return policy.rules.flatMap((rule, index) => [
    ...check(rule.permissionSets, ["rules", index, "permissionSets"]),
    ...check(rule.except.permissionSets, ["rules", index, "except", "permissionSets"]),
  ]);
}
