import type { AccessPolicy } from "./policy.ts";

/** A group or user that the policy names, and where it does so first. */
export interface NamedPrincipal {
  /** As written: display name, user principal name or object id. */
  readonly name: string;
  /** Path in the policy of its first mention. */
  readonly path: readonly PropertyKey[];
}

/** What has to be read before the policy can be bound. */
export interface PolicySelectors {
  readonly groups: readonly NamedPrincipal[];
  /** Names of the groups whose descendants count too. */
  readonly expandedGroups: ReadonlySet<string>;
  readonly users: readonly NamedPrincipal[];
  /** Whether account tags matter: reading them costs one call an account. */
  readonly needsTags: boolean;
}

export function policySelectors(policy: AccessPolicy): PolicySelectors {
  const groups = new Map<string, NamedPrincipal>();
  const users = new Map<string, NamedPrincipal>();
  const expandedGroups = new Set<string>();
  for (const [index, rule] of policy.rules.entries()) {
    collect(groups, rule.groups, ["rules", index, "groups"]);
    collect(groups, rule.except.groups, ["rules", index, "except", "groups"]);
    collect(users, rule.users, ["rules", index, "users"]);
    collect(users, rule.except.users, ["rules", index, "except", "users"]);
    if (rule.nested === "ignore") continue;
    for (const name of [...rule.groups, ...rule.except.groups]) expandedGroups.add(name);
  }
  return {
    groups: [...groups.values()],
    expandedGroups,
    users: [...users.values()],
    needsTags: policy.rules.some(
      ({ targets, except }) => hasKeys(targets.accountTags) || hasKeys(except.accountTags),
    ),
  };
}

function collect(
  into: Map<string, NamedPrincipal>,
  names: readonly string[],
  path: readonly PropertyKey[],
): void {
  names.forEach((name, index) => {
    if (!into.has(name)) into.set(name, { name, path: [...path, index] });
  });
}

function hasKeys(tags: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(tags).length > 0;
}
