import { SeedGroup, SeedUser } from "../seed/directory-file.ts";
import type { z } from "zod";
import { addMembers, makeGroup, makeUser } from "./seed.ts";
import { type DirectoryGroup, type DirectoryUser, type EntraState, isoNow } from "./state.ts";

/** How long a deleted user or group can be restored ("Restore a deleted group in Microsoft Entra ID"). */
const RESTORABLE_MILLISECONDS = 30 * 86_400_000;

/** What an administrator does with users and groups, in addition to changing the live objects. */
export interface DirectoryAdministration {
  /** @throws {z.ZodError} for what a directory file would not take either */
  addUser(seed: z.input<typeof SeedUser>): DirectoryUser;
  /** @throws {Error} naming the member that the directory does not have */
  addGroup(seed: z.input<typeof SeedGroup>): DirectoryGroup;
  /** Soft-deletes a user or group: restorable for 30 days, then gone. @throws {Error} for an unknown id */
  remove(id: string): void;
  /** @throws {Error} for an id that is not among the deleted items */
  restore(id: string): void;
  /** Permanently deletes a soft-deleted object. @throws {Error} for an id that is not among the deleted items */
  purge(id: string): void;
}

export function makeDirectoryAdministration(state: EntraState): DirectoryAdministration {
  const { users, groups, deletedItems, kernel } = state;

  function deletedItem(id: string) {
    purgeExpired(state);
    const item = deletedItems.get(id);
    if (item) return item;
    throw new Error(`The directory has no deleted user or group ${id}.`);
  }

  return {
    addUser(seed) {
      const user = makeUser(kernel, SeedUser.parse(seed));
      users.set(user.id, user);
      return user;
    },
    addGroup(seed) {
      const parsed = SeedGroup.parse(seed);
      const group = makeGroup(kernel, parsed);
      addMembers(group, parsed, { users: [...users.values()], groups: [...groups.values()] });
      groups.set(group.id, group);
      return group;
    },
    remove(id) {
      const object = users.get(id) ?? groups.get(id);
      if (!object) throw new Error(`The directory has no user or group ${id}.`);
      const memberOf = [...groups.values()].filter(
        ({ userIds, groupIds }) => userIds.delete(id) || groupIds.delete(id),
      );
      deletedItems.set(id, {
        object,
        type: users.delete(id) ? "user" : "group",
        deletedAt: isoNow(state),
        memberOf: memberOf.map((group) => group.id),
      });
      groups.delete(id);
    },
    restore(id) {
      const { object, memberOf } = deletedItem(id);
      deletedItems.delete(id);
      const isGroup = "groupIds" in object;
      if (isGroup) groups.set(id, object);
      else users.set(id, object);
      for (const parentId of memberOf) groups.get(parentId)?.[isGroup ? "groupIds" : "userIds"].add(id);
    },
    purge(id) {
      deletedItem(id);
      forget(state, id);
    },
  };
}

/** Removes what can no longer be restored; needs no timer, because every reader calls it first. */
export function purgeExpired(state: EntraState): void {
  const now = state.kernel.clock.now();
  for (const [id, { deletedAt }] of state.deletedItems) {
    if (Date.parse(deletedAt) + RESTORABLE_MILLISECONDS <= now) forget(state, id);
  }
}

function forget({ deletedItems, assignments }: EntraState, id: string): void {
  deletedItems.delete(id);
  for (const assignment of assignments.values()) {
    if (assignment.principalId === id) assignments.delete(assignment.id);
  }
}
