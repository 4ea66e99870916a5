import type { AccessPolicy } from "./policy.ts";

/** Names of the permission sets whose tags the policy sets: only theirs are worth a call (`ListTagsForResource`). */
export function taggedSets(permissionSets: AccessPolicy["permissionSets"]): ReadonlySet<string> {
  const tagged = Object.entries(permissionSets).filter(([, { tags }]) => tags !== null);
  return new Set(tagged.map(([name]) => name));
}
