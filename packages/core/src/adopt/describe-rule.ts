/** What a rule says, in the reader's words. */
export interface RuleWords {
  readonly principals: readonly string[];
  readonly permissionSets: readonly string[];
  /** Names of units and accounts, or the root. */
  readonly where: readonly string[] | "everywhere";
  readonly except: readonly string[];
}

/** A name that says what the rule does: `Engineers and 2 more: Builder in Workloads/Production`. */
export function describeRule({ principals, permissionSets, where, except }: RuleWords): string {
  const place = where === "everywhere" ? where : `in ${list(where)}`;
  const left = except.length === 0 ? "" : `, not in ${list(except)}`;
  return `${list(principals)}: ${list(permissionSets)} ${place}${left}`;
}

/** Numbers duplicate names: a policy needs a unique name for each rule. */
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
