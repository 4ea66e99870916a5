import type { DirectoryGroup, DirectorySnapshot, DirectoryUser } from "../model/directory.ts";
import type { Directory } from "../ports/directory.ts";
import type { Ports } from "../ports/ports.ts";
import { type InputIssue, throwIssues } from "../yaml/issues.ts";
import { compareText } from "../text/canonical-json.ts";
import { issueAt } from "./issue-at.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import { type Picked, pickGroup, pickUser } from "./pick-principal.ts";
import type { AccessPolicy } from "./policy.ts";
import { isObjectId } from "./object-id.ts";
import { readConventionalGroups } from "./read-conventional-groups.ts";
import { type NamedPrincipal, policySelectors } from "./selectors.ts";

/** Kind to Graph's throttling and fast enough: a policy names tens of groups. */
const CONCURRENT_READS = 5;

/** Groups that are looked through for the nearest name. */
const MAX_HINTS = 100;

/**
 * Reads what the policy names: groups with their members, the descendants of expanded groups, users, and the groups whose
 * names a convention may match.
 * @throws {FlowError} PolicyInvalid with every name in a rule without end that means nothing or more than one group, and
 * what the port throws
 */
export async function readDirectory(
  policy: AccessPolicy,
  { directory }: Pick<Ports, "directory">,
): Promise<DirectorySnapshot> {
  const selectors = policySelectors(policy);
  const groups = await resolve(selectors.groups, (name) => findGroup(name, directory));
  const users = await resolve(selectors.users, (name) => findUser(name, directory));
  const problems = [...groups, ...users].flatMap(({ named, picked }) =>
    "problem" in picked ? [{ named, problem: picked.problem }] : [],
  );
  const lasting = problems.filter(({ named }) => !named.isTimeBound);
  const issues = lasting.map(({ named, problem }): InputIssue => issueAt(policy, named.path, problem));
  throwIssues(issues, "PolicyInvalid");

  const found = groups.flatMap(({ named, picked }) =>
    "found" in picked ? [{ named, group: picked.found }] : [],
  );
  const conventional = await readConventionalGroups(policy, directory);
  const expanded = found.filter(({ named }) => selectors.expandedGroups.has(named.name));
  const membership = await readMembership({
    named: [...found.map(({ group }) => group), ...conventional],
    expanded: expanded.map(({ group }) => group),
    users: users.flatMap(({ picked }) => ("found" in picked ? [picked.found] : [])),
    directory,
  });
  if (problems.length === 0) return membership;
  // Callers that know the time decide whether their rules have ended.
  const unresolved = Object.fromEntries(problems.map(({ named, problem }) => [named.name, problem]));
  return { ...membership, unresolved };
}

interface MembershipInput {
  readonly named: readonly DirectoryGroup[];
  readonly expanded: readonly DirectoryGroup[];
  readonly users: readonly DirectoryUser[];
  readonly directory: Directory;
}

/** Reads level by level; each group once, however often and deep it is nested, even in itself. */
async function readMembership({
  named,
  expanded,
  users,
  directory,
}: MembershipInput): Promise<DirectorySnapshot> {
  const groupsById = new Map<string, DirectoryGroup>();
  const nestedById = new Map<string, readonly DirectoryGroup[]>();
  const usersById = new Map(users.map((user) => [user.id, user]));

  async function readAll(groups: readonly DirectoryGroup[]): Promise<void> {
    const unread = [...byId(groups).values()].filter((group) => !groupsById.has(group.id));
    await mapConcurrently(unread, CONCURRENT_READS, async (group) => {
      const members = await directory.readMembers(group.id);
      for (const user of members.users) usersById.set(user.id, user);
      nestedById.set(group.id, members.groups);
      groupsById.set(group.id, {
        ...group,
        memberUserIds: members.users.map((user) => user.id),
        memberGroupIds: members.groups.map((nested) => nested.id),
      });
    });
  }

  await readAll(named);
  const seen = new Set<string>();
  let level = byId(expanded);
  while (level.size > 0) {
    await readAll([...level.values()]);
    for (const id of level.keys()) seen.add(id);
    const nested = [...level.keys()].flatMap((id) => nestedById.get(id) ?? []);
    level = byId(nested.filter((group) => !seen.has(group.id)));
  }
  return { groups: sortedById(groupsById), users: sortedById(usersById) };
}

async function resolve<T>(
  principals: readonly NamedPrincipal[],
  find: (name: string) => Promise<Picked<T>>,
): Promise<{ named: NamedPrincipal; picked: Picked<T> }[]> {
  return mapConcurrently(principals, CONCURRENT_READS, async (named) => ({
    named,
    picked: await find(named.name),
  }));
}

async function findGroup(name: string, directory: Directory): Promise<Picked<DirectoryGroup>> {
  if (!isObjectId(name)) {
    const groups = await directory.findGroupsByName(name);
    if (groups.length > 0) return pickGroup(name, groups);
    // Only for the hint in the message: access needs exact names.
    return pickGroup(name, await directory.findGroupsByBeginning(name.trim().slice(0, 4), MAX_HINTS));
  }
  const group = await directory.findGroupById(name);
  return pickGroup(name, group ? [group] : []);
}

async function findUser(name: string, directory: Directory): Promise<Picked<DirectoryUser>> {
  const user = await directory.findUser(name);
  return pickUser(name, user ? [user] : []);
}

function byId(groups: readonly DirectoryGroup[]): Map<string, DirectoryGroup> {
  return new Map(groups.map((group) => [group.id, group]));
}

function sortedById<T extends { readonly id: string }>(items: ReadonlyMap<string, T>): T[] {
  return [...items.values()].toSorted((a, b) => compareText(a.id, b.id));
}
