import { purgeExpired } from "../directory.ts";
import type { DirectoryGroup, DirectoryUser, EntraState } from "../state.ts";

/** The directory at one moment. It is kept to find changes later: the live objects do not report them. */
export interface Snapshot {
  readonly users: ReadonlyMap<string, DirectoryUser>;
  readonly groups: ReadonlyMap<string, DirectoryGroup>;
  /** Ids of soft-deleted users and groups. */
  readonly deleted: { readonly user: ReadonlySet<string>; readonly group: ReadonlySet<string> };
}

export const EMPTY_SNAPSHOT: Snapshot = {
  users: new Map(),
  groups: new Map(),
  deleted: { user: new Set(), group: new Set() },
};

/** The change of one object between two snapshots; it exists in at least one of them, or was soft-deleted. */
export interface Change<T> {
  readonly id: string;
  readonly before: T | undefined;
  /** Undefined when it is deleted. */
  readonly after: T | undefined;
  /** For a deleted object: whether it can still be restored. */
  readonly isRestorable: boolean;
}

/** @param previous returned itself when nothing changed since; otherwise unchanged objects are shared with it */
export function takeSnapshot(state: EntraState, previous: Snapshot = EMPTY_SNAPSHOT): Snapshot {
  purgeExpired(state);
  if (isUnchanged(state, previous)) return previous;
  const users = mapValues(state.users, (user, id) => {
    const old = previous.users.get(id);
    return old && isSameUser(old, user) ? old : { ...user };
  });
  const groups = mapValues(state.groups, (group, id) => {
    const old = previous.groups.get(id);
    if (old && isSameGroup(old, group)) return old;
    return { ...group, userIds: new Set(group.userIds), groupIds: new Set(group.groupIds) };
  });
  const deletedIds = (type: "user" | "group") =>
    new Set([...state.deletedItems].flatMap(([id, item]) => (item.type === type ? id : [])));
  return { users, groups, deleted: { user: deletedIds("user"), group: deletedIds("group") } };
}

/** Most looks find nothing new, and there are many. */
function isUnchanged({ users, groups, deletedItems }: EntraState, { deleted, ...before }: Snapshot): boolean {
  if (users.size !== before.users.size || groups.size !== before.groups.size) return false;
  if (deletedItems.size !== deleted.user.size + deleted.group.size) return false;
  for (const [id, { type }] of deletedItems) if (!deleted[type].has(id)) return false;
  for (const [id, user] of users) {
    const old = before.users.get(id);
    if (!old || !isSameUser(old, user)) return false;
  }
  for (const [id, group] of groups) {
    const old = before.groups.get(id);
    if (!old || !isSameGroup(old, group)) return false;
  }
  return true;
}

export function userChanges(before: Snapshot, after: Snapshot): Change<DirectoryUser>[] {
  const deleted = { before: before.deleted.user, after: after.deleted.user };
  return changes({ before: before.users, after: after.users, deleted, isSame: isSameUser });
}

export function groupChanges(before: Snapshot, after: Snapshot): Change<DirectoryGroup>[] {
  const deleted = { before: before.deleted.group, after: after.deleted.group };
  return changes({ before: before.groups, after: after.groups, deleted, isSame: isSameGroup });
}

interface Comparison<T> {
  readonly before: ReadonlyMap<string, T>;
  readonly after: ReadonlyMap<string, T>;
  readonly deleted: { readonly before: ReadonlySet<string>; readonly after: ReadonlySet<string> };
  readonly isSame: (a: T, b: T) => boolean;
}

function changes<T>({ before, after, deleted, isSame }: Comparison<T>): Change<T>[] {
  const found: Change<T>[] = [];
  for (const [id, now] of after) {
    const old = before.get(id);
    if (old !== now && !(old && isSame(old, now))) {
      found.push({ id, before: old, after: now, isRestorable: false });
    }
  }
  for (const id of new Set([...before.keys(), ...deleted.before])) {
    const isRestorable = deleted.after.has(id);
    // An object that was soft-deleted before and still is has not changed.
    if (after.has(id) || (deleted.before.has(id) && isRestorable)) continue;
    found.push({ id, before: before.get(id), after: undefined, isRestorable });
  }
  return found;
}

function mapValues<T>(map: ReadonlyMap<string, T>, change: (value: T, id: string) => T): Map<string, T> {
  return new Map([...map].map(([id, value]) => [id, change(value, id)]));
}

function isSameUser(a: DirectoryUser, b: DirectoryUser): boolean {
  for (const name in b) {
    const key = name as keyof DirectoryUser;
    if (a[key] !== b[key]) return false;
  }
  return true;
}

function isSameGroup(a: DirectoryGroup, b: DirectoryGroup): boolean {
  for (const name in b) {
    const key = name as keyof DirectoryGroup;
    if (key === "userIds" || key === "groupIds") {
      if (!isSameSet(a[key], b[key])) return false;
    } else if (a[key] !== b[key] && String(a[key]) !== String(b[key])) return false;
  }
  return true;
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const id of a) if (!b.has(id)) return false;
  return true;
}
