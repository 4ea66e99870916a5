import type { Findings } from "./findings.ts";
import type { Grant } from "./grant.ts";

type Area = Pick<Grant, "accounts" | "permissionSets" | "principals">;

/** What a rule would grant without its exceptions. `except`: what it names and excludes, of each kind. */
export function exceptions(grant: Grant, except: Area): Grant[] {
  const { accounts, permissionSets, principals } = grant;
  const reason = { ...grant.reason, text: `rule ${JSON.stringify(grant.reason.rule)} leaves it out` };
  const all = {
    permissionSets: [...permissionSets, ...except.permissionSets],
    principals: [...principals, ...except.principals],
  };
  const areas: Area[] = [
    { ...all, accounts: except.accounts },
    { ...all, accounts, permissionSets: except.permissionSets },
    { accounts, permissionSets, principals: except.principals },
  ];
  return areas.filter((area) => !isEmpty(area)).map((area) => ({ ...grant, ...area, reason }));
}

/**
 * Warns if one rule excludes what another grants: an exception does not affect other rules, although its author may
 * think so.
 */
export function warnOfVainExceptions(
  leftOut: readonly Grant[],
  grants: readonly Grant[],
  findings: Findings,
): void {
  if (leftOut.length === 0) return;
  const grantsOf = new Map<string, Grant[]>();
  for (const grant of grants) {
    for (const { directoryId } of grant.principals) {
      const known = grantsOf.get(directoryId);
      if (known) known.push(grant);
      else grantsOf.set(directoryId, [grant]);
    }
  }
  for (const area of leftOut) {
    const others = new Set(area.principals.flatMap(({ directoryId }) => grantsOf.get(directoryId) ?? []));
    for (const other of others) {
      const shared = intersect(area, other);
      if (other.reason.where !== area.reason.where && !isEmpty(shared))
        findings.warnAtLarge(describe(area, other, shared));
    }
  }
}

function intersect(area: Area, other: Area): Area {
  const permissionSets = area.permissionSets.filter((name) => other.permissionSets.includes(name));
  // Most often nothing is shared, and accounts are many.
  if (permissionSets.length === 0) return { accounts: [], permissionSets: [], principals: [] };
  const accountIds = new Set(other.accounts.map(({ id }) => id));
  const principalIds = new Set(other.principals.map(({ directoryId }) => directoryId));
  return {
    permissionSets,
    accounts: area.accounts.filter(({ id }) => accountIds.has(id)),
    principals: area.principals.filter(({ directoryId }) => principalIds.has(directoryId)),
  };
}

function isEmpty({ accounts, permissionSets, principals }: Area): boolean {
  return accounts.length === 0 || permissionSets.length === 0 || principals.length === 0;
}

/** `access.yaml:12: rule "a" leaves out Admin for Engineering in Payments and 2 more, but rule "b" (access.yaml:30) …` */
function describe(area: Grant, other: Grant, { accounts, permissionSets, principals }: Area): string {
  const what = listed(permissionSets);
  const whom = listed(principals.map(({ name }) => name));
  const where = listed(accounts.map(({ name }) => name));
  return (
    `${area.reason.where}: rule ${JSON.stringify(area.reason.rule)} leaves out ${what} for ${whom} in ${where}, but ` +
    `${JSON.stringify(other.reason.rule)} (${other.reason.where}) grants it: an exception applies only to its own rule`
  );
}

function listed([first = "", ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
