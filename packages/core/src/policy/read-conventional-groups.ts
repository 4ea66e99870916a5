import type { DirectoryGroup } from "../model/directory.ts";
import type { Directory } from "../ports/directory.ts";
import { type InputIssue, throwIssues } from "../yaml/issues.ts";
import { beginningOf, conventionalNames } from "./convention-names.ts";
import { issueAt } from "./issue-at.ts";
import type { AccessPolicy } from "./policy.ts";

/** Six pages of Graph. */
const MOST_GROUPS = 5_000;

/**
 * The groups whose names may grant access, and those that look like them, without members.
 * @throws {FlowError} PolicyInvalid when too many groups begin as a pattern does, and what the port throws
 */
export async function readConventionalGroups(
  policy: AccessPolicy,
  directory: Directory,
): Promise<DirectoryGroup[]> {
  const found = new Map<string, DirectoryGroup>();
  const issues: InputIssue[] = [];
  for (const [index, convention] of policy.conventions.entries()) {
    const beginning = beginningOf(convention.pattern);
    const groups = await directory.findGroupsByBeginning(beginning, MOST_GROUPS + 1);
    if (groups.length > MOST_GROUPS) {
      const said = `more than ${MOST_GROUPS} groups begin with ${JSON.stringify(beginning)}; choose a longer prefix`;
      issues.push(issueAt(policy, ["conventions", index, "pattern"], said));
    }
    const mayMean = conventionalNames(convention);
    for (const group of groups) if (mayMean(group.displayName)) found.set(group.id, group);
  }
  throwIssues(issues, "PolicyInvalid");
  return [...found.values()];
}
