import type { DirectoryGroup, DirectoryUser } from "../model/directory.ts";
import { didYouMean, nearest } from "../yaml/nearest.ts";
import { isObjectId } from "./object-id.ts";

/** What a name in the policy refers to in the directory, or why it refers to nothing. */
export type Picked<T> = { readonly found: T } | { readonly problem: string };

/**
 * The group that a name refers to: an object id only by id, anything else only by exact display name. Anybody may
 * create a group with a name of their choice, so case and white space must match.
 */
export function pickGroup(name: string, groups: readonly DirectoryGroup[]): Picked<DirectoryGroup> {
  if (isObjectId(name)) {
    const found = groups.find((group) => group.id.toLowerCase() === name.toLowerCase());
    return found ? { found } : { problem: `no group has the object id ${name}` };
  }
  const [found, ...others] = groups.filter((group) => group.displayName === name);
  if (!found) {
    const names = groups.map(({ displayName }) => displayName);
    return { problem: `no group is named ${JSON.stringify(name)}${didYouMean(name, names)}` };
  }
  if (others.length === 0) return { found };
  const ids = [found, ...others].map((group) => group.id).toSorted();
  return {
    problem: `${ids.length} groups are named ${JSON.stringify(name)} (${ids.join(", ")}); name it by object id`,
  };
}

/** The user that a name refers to: by object id, or by user principal name, which Entra keeps unique regardless of case. */
export function pickUser(name: string, users: readonly DirectoryUser[]): Picked<DirectoryUser> {
  const wanted = name.toLowerCase();
  const found = users.find(
    (user) => (isObjectId(name) ? user.id : user.userPrincipalName).toLowerCase() === wanted,
  );
  if (found) return { found };
  return { problem: `no user ${JSON.stringify(name)}${userHint(name, users)}` };
}

/**
 * ` (did you mean "ada@example.com"?)`, or nothing. Compares the part before the @, since most users share the rest.
 */
export function userHint(name: string, users: readonly DirectoryUser[]): string {
  const namesByStart = new Map(
    users.map(({ userPrincipalName }) => [beforeAt(userPrincipalName), userPrincipalName]),
  );
  const start = nearest(beforeAt(name), namesByStart.keys());
  const meant = start === null ? undefined : namesByStart.get(start);
  return meant === undefined ? "" : ` (did you mean ${JSON.stringify(meant)}?)`;
}

function beforeAt(name: string): string {
  return name.split("@")[0] ?? name;
}
