import type { DirectoryGroup } from "../model/directory.ts";
import type { Account } from "../model/organization.ts";
import type { Settings } from "../settings.ts";
import { emptyWarning, isEmpty } from "./bind-principals.ts";
import { conventionalName, conventionalNames, grantableSets, skeleton } from "./convention-names.ts";
import type { Findings } from "./findings.ts";
import type { Grant } from "./grant.ts";
import type { AccessPolicy, NamingConvention } from "./policy.ts";
import type { PolicyWorld } from "./policy-world.ts";

interface Place {
  readonly account: Account;
  readonly permissionSet: string;
}

/**
 * What the names of groups grant. It builds every meaningful name from the accounts and the listed permission sets and
 * accepts only exact matches: it parses, folds or trims no name.
 */
export function bindConventions(
  policy: AccessPolicy,
  { organization, directory }: PolicyWorld,
  { settings, findings }: { settings: Pick<Settings, "manageManagementAccount">; findings: Findings },
): Grant[] {
  const active = organization.accounts.filter(({ state }) => state === "ACTIVE");
  const groupsByName = Map.groupBy(directory.groups, ({ displayName }) => displayName);
  return policy.conventions.flatMap((convention, index) => {
    const path = ["conventions", index];
    const placesByName = namesOf(convention, active);
    warnOfLookAlikes(groupsByName, placesByName, { convention, path, findings });
    const grants = [...groupsByName].flatMap(([name, groups]): Grant[] => {
      const places = placesByName.get(name);
      if (!places) return [];
      const [place] = places;
      const problem = problemOf(name, groups, places);
      if (problem !== null) findings.refuse([...path, "pattern"], problem);
      const [group] = groups;
      if (problem !== null || !place || !group) return [];
      const reluctance = reluctanceOf(group, place);
      if (reluctance !== null) findings.warn(path, `group ${name} is granted nothing: ${reluctance}`);
      if (reluctance === null && isEmpty(group)) findings.warn(path, emptyWarning(group));
      return reluctance === null ? [toGrant(convention, group, place)] : [];
    });
    if (grants.length === 0) findings.warn(path, `no group is named ${convention.pattern}`);
    return grants;
  });

  function reluctanceOf({ securityEnabled }: DirectoryGroup, { account }: Place): string | null {
    if (!securityEnabled) return "it is not security-enabled, and Entra does not provision it to AWS";
    if (account.id !== organization.managementAccountId || settings.manageManagementAccount) return null;
    return "the setting manageManagementAccount is off";
  }
}

/** Every name that grants something, with what it grants; a name with two meanings keeps both. */
function namesOf(convention: NamingConvention, accounts: readonly Account[]): Map<string, Place[]> {
  const names = new Map<string, Place[]>();
  for (const account of accounts) {
    for (const permissionSet of grantableSets(convention)) {
      for (const text of new Set([account.name, account.id])) {
        const name = conventionalName(convention.pattern, text, permissionSet);
        const places = names.get(name) ?? [];
        places.push({ account, permissionSet });
        names.set(name, places);
      }
    }
  }
  return names;
}

function problemOf(name: string, groups: readonly DirectoryGroup[], places: readonly Place[]): string | null {
  const quoted = JSON.stringify(name);
  if (groups.length > 1) {
    const ids = groups.map(({ id }) => id).toSorted();
    return `${ids.length} groups are named ${quoted} (${ids.join(", ")}); a name that grants access must be unique`;
  }
  if (places.length === 1) return null;
  const meanings = places.map(({ account, permissionSet }) => `${permissionSet} in ${account.id}`).toSorted();
  return `the group ${quoted} could mean ${meanings.join(" or ")}; name the account by id`;
}

function toGrant({ pattern, at }: NamingConvention, group: DirectoryGroup, place: Place): Grant {
  return {
    reason: { rule: pattern, where: `${at.file}:${at.line}`, text: `its name is ${pattern}` },
    accounts: [place.account],
    permissionSets: [place.permissionSet],
    roots: [group.id],
    principals: [{ type: "GROUP", directoryId: group.id, name: group.displayName }],
  };
}

interface LookAlikeContext {
  readonly convention: NamingConvention;
  readonly path: readonly PropertyKey[];
  readonly findings: Findings;
}

function warnOfLookAlikes(
  groupsByName: ReadonlyMap<string, readonly DirectoryGroup[]>,
  placesByName: ReadonlyMap<string, unknown>,
  { convention, path, findings }: LookAlikeContext,
): void {
  const mayMean = conventionalNames(convention);
  const others = [...groupsByName].filter(([name]) => !placesByName.has(name) && mayMean(name));
  // Usually there are none, and tens of thousands of names need not be folded.
  if (others.length === 0) return;
  const meant = new Map([...placesByName.keys()].map((name) => [skeleton(name), name]));
  for (const [name, groups] of others) {
    const like = meant.get(skeleton(name));
    if (like === undefined) continue;
    const ids = groups.map(({ id }) => id).join(", ");
    findings.warn(path, `group ${JSON.stringify(name)} (${ids}) looks like ${like} and is granted nothing`);
  }
}
