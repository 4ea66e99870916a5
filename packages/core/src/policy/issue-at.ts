import { type InputIssue, formatPath } from "../yaml/issues.ts";
import type { AccessPolicy } from "./policy.ts";
import type { SourcePosition } from "../model/source-position.ts";

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
