import type { Name } from "./names.ts";

/** What a rule says, in the words of its reader. */
export interface RuleWords {
  readonly principals: readonly Name[];
  readonly permissionSets: readonly string[];
  readonly root: boolean;
  readonly units: readonly Name[];
  readonly accounts: readonly Name[];
  readonly excepted: readonly Name[];
}

/** A name that says what the rule does: `Engineers and 2 more: Builder in Workloads/Production`. */
export function describeRule({
  principals,
  permissionSets,
  root,
  units,
  accounts,
  excepted,
}: RuleWords): string {
  const where = root ? "everywhere" : `in ${list([...units, ...accounts].map(({ label }) => label))}`;
  const except = excepted.length === 0 ? "" : `, not in ${list(excepted.map(({ label }) => label))}`;
  return `${list(principals.map(({ label }) => label))}: ${list(permissionSets)} ${where}${except}`;
}

/** Numbers what would be named twice; a policy wants a name of its own for each rule. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`;
    taken.add(unique);
    return unique;
  });
}

function list(names: readonly string[]): string {
  if (names.length <= 2) return names.join(" and ");
  return `${names[0]} and ${names.length - 1} more`;
}
