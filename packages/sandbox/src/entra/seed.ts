import type { Kernel } from "../kernel/kernel.ts";
import type { DirectoryFile, SeedGroup, SeedUser } from "../seed/directory-file.ts";
import type { DirectoryGroup, DirectoryUser, EntraState } from "./state.ts";

/**
 * The tenant of a seed file.
 * @throws {Error} naming the group and the member that the file does not have, or has twice
 */
export function seedState(kernel: Kernel, file: DirectoryFile): EntraState {
  const users = file.users.map((seed) => makeUser(kernel, seed));
  const groups = file.groups.map((seed) => ({ seed, group: makeGroup(kernel, seed) }));
  for (const { seed, group } of groups) {
    addMembers(group, seed, { users, groups: groups.map((one) => one.group) });
  }
  return {
    kernel,
    tenant: {
      id: file.tenant.id?.toLowerCase() ?? kernel.random.uuid(),
      displayName: file.tenant.name,
      licence: file.tenant.licence,
      verifiedDomains: verifiedDomains(file),
      createdAt: new Date(kernel.clock.now()).toISOString(),
    },
    users: new Map(users.map((user) => [user.id, user])),
    groups: new Map(groups.map(({ group }) => [group.id, group])),
    deletedItems: new Map(),
    applications: new Map(),
    servicePrincipals: new Map(),
    assignments: new Map(),
    claimsMappingPolicies: new Map(),
  };
}

export function makeUser({ random }: Kernel, seed: SeedUser): DirectoryUser {
  const { enabled, id, ...rest } = seed;
  return { ...rest, id: id?.toLowerCase() ?? random.uuid(), accountEnabled: enabled };
}

/** Without its members, who may not be there yet: {@link addMembers}. */
export function makeGroup({ random }: Kernel, seed: SeedGroup): DirectoryGroup {
  const { id, name, users: _, groups: __, groupTypes, ...rest } = seed;
  return {
    ...rest,
    id: id?.toLowerCase() ?? random.uuid(),
    displayName: name,
    groupTypes: groupTypes ?? (seed.securityEnabled ? [] : ["Unified"]),
    userIds: new Set<string>(),
    groupIds: new Set<string>(),
  };
}

/** @throws {Error} naming the group and the member that the directory does not have, or has twice */
export function addMembers(
  group: DirectoryGroup,
  seed: SeedGroup,
  { users, groups }: { readonly users: readonly DirectoryUser[]; readonly groups: readonly DirectoryGroup[] },
): void {
  for (const name of seed.users) group.userIds.add(userNamed(users, name, seed).id);
  for (const name of seed.groups) group.groupIds.add(groupNamed(groups, name, seed).id);
}

/** The initial domain, derived from the tenant's name, and those that users sign in with. */
function verifiedDomains({ tenant, users }: DirectoryFile): string[] {
  const label = tenant.name.toLowerCase().replaceAll(/[^a-z0-9]/g, "") || "tenant";
  const signInDomains = users.map(({ userPrincipalName }) => userPrincipalName.split("@").at(-1) ?? "");
  return [...new Set([`${label}.onmicrosoft.com`, ...signInDomains.map((domain) => domain.toLowerCase())])];
}

function userNamed(users: readonly DirectoryUser[], name: string, group: SeedGroup): DirectoryUser {
  const wanted = name.toLowerCase();
  const user = users.find((one) => one.userPrincipalName.toLowerCase() === wanted || one.id === wanted);
  if (user) return user;
  throw new Error(`Directory file: group "${group.name}" has the member ${name}, who is not among the users`);
}

function groupNamed(groups: readonly DirectoryGroup[], name: string, parent: SeedGroup): DirectoryGroup {
  const found = groups.filter((group) => group.displayName === name || group.id === name.toLowerCase());
  if (found[0] && found.length === 1) return found[0];
  const why = found.length === 0 ? "is not among the groups" : "is the name of several groups: give its id";
  throw new Error(`Directory file: group "${parent.name}" contains the group "${name}", which ${why}`);
}
