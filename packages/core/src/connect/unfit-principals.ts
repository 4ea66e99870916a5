import type { DirectoryGroup, DirectorySnapshot, DirectoryUser } from "../model/directory.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { principalsInScope } from "./principals-in-scope.ts";

/** A principal that AWS or Entra will not accept as it is in the directory. */
export interface UnfitPrincipal {
  readonly name: string;
  readonly reason: string;
}

/**
 * Not allowed in names or any other attribute (Microsoft, "Configure AWS IAM Identity Center for automatic
 * provisioning").
 */
const FORBIDDEN = /[\t\n\r<|>;:%]/;

/**
 * Pure: the policy's principals that cannot be provisioned, and why, as far as the directory shows it: users without required
 * attributes, groups that Entra does not sync, duplicate group names, members that are only in nested groups.
 */
export function findUnfitPrincipals(policy: AccessPolicy, directory: DirectorySnapshot): UnfitPrincipal[] {
  const { groups, users } = peopleInScope(policy, directory);
  const inScope = new Set(groups.map(({ id }) => id));
  return [
    ...groups.flatMap((group) => [
      ...reasonOf(group, whyUnfit(group)),
      ...reasonOf(group, whyNameIsTaken(group, groups)),
      ...reasonOf(group, whyMembersAreLeftOut(group, inScope)),
    ]),
    ...users.flatMap((user) => reasonOf(user, whyUnfit(user))),
  ];
}

/** The groups that the policy puts in scope, and the enabled users whom they and the policy name. */
export function peopleInScope(
  policy: AccessPolicy,
  directory: DirectorySnapshot,
): { groups: DirectoryGroup[]; users: DirectoryUser[] } {
  const inScope = new Set(principalsInScope(policy, directory).map(({ directoryId }) => directoryId));
  const groups = directory.groups.filter(({ id }) => inScope.has(id));
  const members = new Set(groups.flatMap(({ memberUserIds }) => memberUserIds));
  const users = directory.users.filter(
    ({ id, accountEnabled }) => accountEnabled && (inScope.has(id) || members.has(id)),
  );
  return { groups, users };
}

export function nameOf(one: DirectoryGroup | DirectoryUser): string {
  return "userPrincipalName" in one ? one.userPrincipalName : `group ${one.displayName}`;
}

/** Explains what the directory shows, in plain words (IAM Identity Center SCIM: CreateUser). */
export function whyUnfit(one: DirectoryGroup | DirectoryUser): string | null {
  if ("securityEnabled" in one) return one.securityEnabled ? null : "the group is not security-enabled";
  const lacking = [
    one.givenName ? [] : ["given name"],
    one.surname ? [] : ["surname"],
    one.displayName ? [] : ["display name"],
  ].flat();
  if (lacking.length > 0) {
    return `the user has no ${lacking.join(" and no ")} in Entra; AWS refuses users without them`;
  }
  const values = [one.userPrincipalName, one.displayName, one.givenName ?? "", one.surname ?? ""];
  const odd = values.find((value) => FORBIDDEN.test(value));
  return odd === undefined
    ? null
    : `AWS does not accept < | > ; : % or line breaks, as in ${JSON.stringify(odd)}`;
}

function whyNameIsTaken(
  { id, displayName }: DirectoryGroup,
  groups: readonly DirectoryGroup[],
): string | null {
  const same = groups.find(
    (other) => other.id !== id && other.displayName.toLowerCase() === displayName.toLowerCase(),
  );
  return same ? `group ${same.id} has the same display name; in AWS, group names are unique` : null;
}

/** Entra provisions direct members only ("How application provisioning works"). */
function whyMembersAreLeftOut(
  { memberGroupIds }: DirectoryGroup,
  inScope: ReadonlySet<string>,
): string | null {
  const left = memberGroupIds.filter((id) => !inScope.has(id)).length;
  if (left === 0) return null;
  return `${left} of its members are groups whose members Entra does not sync; name them in the policy or set "nested: expand"`;
}

function reasonOf(one: DirectoryGroup | DirectoryUser, reason: string | null): UnfitPrincipal[] {
  return reason === null ? [] : [{ name: nameOf(one), reason }];
}
