import { type InputIssue, formatPath } from "../yaml/issues.ts";
import { didYouMean } from "../yaml/nearest.ts";
import type { AccessPolicy, SourcePosition } from "./policy.ts";

/** What contradicts itself inside a policy: rules of one name, permission sets that it does not define. */
export function findPolicyIssues(policy: AccessPolicy): InputIssue[] {
  return [...repeatedNames(policy), ...unknownPermissionSets(policy)];
}

/** An issue at a node of the policy; `path` is that of {@link AccessPolicy.positions}. */
export function issueAt(policy: AccessPolicy, path: readonly PropertyKey[], message: string): InputIssue {
  return { ...positionIn(policy, path), path: formatPath(path), message };
}

/** Position of a node, or of the nearest one around it. */
export function positionIn(policy: AccessPolicy, path: readonly PropertyKey[]): SourcePosition {
  for (let length = path.length; length > 0; length--) {
    const position = policy.positions[path.slice(0, length).map(String).join(".")];
    if (position) return position;
  }
  return { file: policy.file, line: 1, column: 1 };
}

function repeatedNames(policy: AccessPolicy): InputIssue[] {
  const first = new Map<string, SourcePosition>();
  return policy.rules.flatMap((rule, index) => {
    const earlier = first.get(rule.name);
    if (!earlier) {
      first.set(rule.name, rule.at);
      return [];
    }
    const message = `another rule has this name, at line ${earlier.line}; expected a name of its own`;
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
