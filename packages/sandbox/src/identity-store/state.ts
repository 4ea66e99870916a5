import type { SandboxClock } from "../kernel/clock.ts";
import type { Random } from "../kernel/random.ts";
import { type Keys, UniqueKeys } from "./unique-keys.ts";

/** One e-mail address, phone number, postal address or role: sub-attributes by their SCIM name. */
export type MultiValue = Readonly<Record<string, string | boolean>>;

/** What the identity store keeps about a user, by SCIM name. */
export interface UserAttributes {
  readonly userName: string;
  readonly displayName: string;
  readonly name: Readonly<Record<string, string>> & {
    readonly givenName: string;
    readonly familyName: string;
  };
  readonly active: boolean;
  readonly externalId?: string | undefined;
  readonly nickName?: string | undefined;
  readonly profileUrl?: string | undefined;
  readonly title?: string | undefined;
  readonly userType?: string | undefined;
  readonly preferredLanguage?: string | undefined;
  readonly locale?: string | undefined;
  readonly timezone?: string | undefined;
  readonly emails?: readonly MultiValue[] | undefined;
  readonly phoneNumbers?: readonly MultiValue[] | undefined;
  readonly addresses?: readonly MultiValue[] | undefined;
  readonly roles?: readonly MultiValue[] | undefined;
  /** The enterprise extension; `manager` is the id of a user. */
  readonly enterprise?: Readonly<Record<string, string>> | undefined;
}

export interface GroupAttributes {
  readonly displayName: string;
  readonly externalId?: string | undefined;
}

interface Stored {
  /** `<10 hex>-<UUID>` */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  updatedAt: number;
  /** From when on other services see it: milliseconds since the epoch. */
  readonly propagatedAt: number;
}

export interface StoreUser extends Stored {
  attributes: UserAttributes;
}

export interface StoreGroup extends Stored {
  attributes: GroupAttributes;
}

export interface Membership {
  readonly id: string;
  readonly groupId: string;
  readonly userId: string;
  readonly createdAt: number;
}

/** A created, changed or deleted user or group. */
export interface StoreChange {
  readonly type: "User" | "Group";
  readonly id: string;
  readonly what: "Created" | "Updated" | "Deleted";
}

/**
 * Users, groups and memberships of one identity store. SCIM writes it; the Identity Store API and sso-admin read it.
 */
export class IdentityStoreState {
  /** `d-<10 hex>` */
  readonly identityStoreId: string;
  /** Issuer of the external ids that SCIM wrote; null before automatic provisioning was enabled. */
  externalIdIssuer: string | null = null;
  /** Called on every change of a user or group. */
  onChange: (change: StoreChange) => void = () => undefined;
  readonly users = new Map<string, StoreUser>();
  readonly groups = new Map<string, StoreGroup>();
  readonly #userKeys = new UniqueKeys();
  readonly #groupKeys = new UniqueKeys();
  readonly #memberships = new Map<string, Map<string, Membership>>();
  readonly #clock: SandboxClock;
  readonly #random: Random;

  constructor(clock: SandboxClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
    this.identityStoreId = `d-${random.hex(10)}`;
  }

  /** @throws {DuplicatePrincipal} */
  createUser(attributes: UserAttributes, lagMilliseconds = 0): StoreUser {
    this.#userKeys.check(keysOfUser(attributes), null);
    const user = { ...this.#stamp(lagMilliseconds), attributes };
    this.#userKeys.set(keysOfUser(attributes), user.id);
    this.users.set(user.id, user);
    this.onChange({ type: "User", id: user.id, what: "Created" });
    return user;
  }

  /** @throws {DuplicatePrincipal} */
  updateUser(user: StoreUser, attributes: UserAttributes): void {
    this.#userKeys.check(keysOfUser(attributes), user.id);
    this.#userKeys.release(keysOfUser(user.attributes));
    this.#userKeys.set(keysOfUser(attributes), user.id);
    user.attributes = attributes;
    user.updatedAt = this.#clock.now();
    this.onChange({ type: "User", id: user.id, what: "Updated" });
  }

  deleteUser(user: StoreUser): void {
    this.#userKeys.release(keysOfUser(user.attributes));
    this.users.delete(user.id);
    for (const members of this.#memberships.values()) members.delete(user.id);
    this.onChange({ type: "User", id: user.id, what: "Deleted" });
  }

  /** @throws {DuplicatePrincipal} */
  createGroup(attributes: GroupAttributes, lagMilliseconds = 0): StoreGroup {
    this.#groupKeys.check(keysOfGroup(attributes), null);
    const group = { ...this.#stamp(lagMilliseconds), attributes };
    this.#groupKeys.set(keysOfGroup(attributes), group.id);
    this.groups.set(group.id, group);
    this.#memberships.set(group.id, new Map());
    this.onChange({ type: "Group", id: group.id, what: "Created" });
    return group;
  }

  /** @throws {DuplicatePrincipal} */
  updateGroup(group: StoreGroup, attributes: GroupAttributes): void {
    this.#groupKeys.check(keysOfGroup(attributes), group.id);
    this.#groupKeys.release(keysOfGroup(group.attributes));
    this.#groupKeys.set(keysOfGroup(attributes), group.id);
    group.attributes = attributes;
    group.updatedAt = this.#clock.now();
    this.onChange({ type: "Group", id: group.id, what: "Updated" });
  }

  deleteGroup(group: StoreGroup): void {
    this.#groupKeys.release(keysOfGroup(group.attributes));
    this.groups.delete(group.id);
    this.#memberships.delete(group.id);
    this.onChange({ type: "Group", id: group.id, what: "Deleted" });
  }

  /** Adding a member twice changes nothing. */
  addMember(groupId: string, userId: string): void {
    const members = this.#memberships.get(groupId);
    if (members === undefined) throw new Error(`The identity store has no group ${groupId}.`);
    if (members.has(userId)) return;
    const { id, createdAt } = this.#stamp();
    members.set(userId, { id, groupId, userId, createdAt });
  }

  removeMember(groupId: string, userId: string): void {
    this.#memberships.get(groupId)?.delete(userId);
  }

  membershipsOf(groupId: string): Membership[] {
    return [...(this.#memberships.get(groupId)?.values() ?? [])];
  }

  membershipsOfMember(userId: string): Membership[] {
    return [...this.#memberships.values()].flatMap((members) => members.get(userId) ?? []);
  }

  findMembership(groupId: string, userId: string): Membership | undefined {
    return this.#memberships.get(groupId)?.get(userId);
  }

  findMembershipById(id: string): Membership | undefined {
    const all = [...this.#memberships.values()].flatMap((members) => [...members.values()]);
    return all.find((membership) => membership.id === id);
  }

  isMember(groupId: string, userId: string): boolean {
    return this.#memberships.get(groupId)?.has(userId) ?? false;
  }

  /** Whether other services see the principal: what SCIM creates reaches them later. */
  hasPropagated(type: "USER" | "GROUP", id: string): boolean {
    const principal = type === "USER" ? this.users.get(id) : this.groups.get(id);
    return principal !== undefined && principal.propagatedAt <= this.#clock.now();
  }

  hasPrincipal(type: "USER" | "GROUP", id: string): boolean {
    return type === "USER" ? this.users.has(id) : this.groups.has(id);
  }

  findUserByName(userName: string): StoreUser | undefined {
    return this.users.get(this.#userKeys.find("UserName", userName.toLowerCase()) ?? "");
  }

  findUserByExternalId(externalId: string): StoreUser | undefined {
    return this.users.get(this.#userKeys.find("ExternalId", externalId) ?? "");
  }

  findGroupByName(displayName: string): StoreGroup | undefined {
    return this.groups.get(this.#groupKeys.find("GroupDisplayName", displayName.toLowerCase()) ?? "");
  }

  findGroupByExternalId(externalId: string): StoreGroup | undefined {
    return this.groups.get(this.#groupKeys.find("ExternalId", externalId) ?? "");
  }

  #stamp(lagMilliseconds = 0): Stored {
    const now = this.#clock.now();
    const id = `${this.identityStoreId.slice(2)}-${this.#random.uuid()}`;
    return { id, createdAt: now, updatedAt: now, propagatedAt: now + lagMilliseconds };
  }
}

/** SCIM: userName and displayName are not case-exact, externalId is. */
function keysOfUser({ userName, externalId }: UserAttributes): Keys {
  return { UserName: userName.toLowerCase(), ExternalId: externalId };
}

function keysOfGroup({ displayName, externalId }: GroupAttributes): Keys {
  return { GroupDisplayName: displayName.toLowerCase(), ExternalId: externalId };
}
