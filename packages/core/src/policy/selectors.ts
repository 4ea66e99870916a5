import type { AccessPolicy } from "./policy.ts";

/** A group or user that the policy names, and where it does so first. */
export interface NamedPrincipal {
  /** As written: display name, user principal name or object id. */
  readonly name: string;
  /** Path in the policy of its first mention, in a rule without end if there is one. */
  readonly path: readonly PropertyKey[];
  /** Whether all rules that name it have an end date. */
  readonly isTimeBound: boolean;
}

/** What must be read before the policy can be bound. */
export interface PolicySelectors {
  readonly groups: readonly NamedPrincipal[];
  /** Names of the groups whose descendants count too. */
  readonly expandedGroups: ReadonlySet<string>;
  readonly users: readonly NamedPrincipal[];
  /** Whether account tags matter: reading them costs one call per account. */
  readonly needsTags: boolean;
}

export function policySelectors(policy: AccessPolicy): PolicySelectors {
  const groups = new Map<string, NamedPrincipal>();
  const users = new Map<string, NamedPrincipal>();
  const expandedGroups = new Set<string>();
  for (const [index, rule] of policy.rules.entries()) {
    const isTimeBound = rule.expires !== null;
    collect(groups, rule.groups, { path: ["rules", index, "groups"], isTimeBound });
    collect(groups, rule.except.groups, { path: ["rules", index, "except", "groups"], isTimeBound });
    collect(users, rule.users, { path: ["rules", index, "users"], isTimeBound });
    collect(users, rule.except.users, { path: ["rules", index, "except", "users"], isTimeBound });
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
  { path, isTimeBound }: Omit<NamedPrincipal, "name">,
): void {
  names.forEach((name, index) => {
    const known = into.get(name);
    if (known && (isTimeBound || !known.isTimeBound)) return;
    into.set(name, { name, path: [...path, index], isTimeBound });
  });
}

function hasKeys(tags: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(tags).length > 0;
}
