import type { Kernel } from "../kernel/kernel.ts";
import type { DirectoryFile, SeedGroup } from "../seed/directory-file.ts";
import type { DirectoryGroup, DirectoryUser, EntraState } from "./state.ts";

/**
 * The tenant of a seed file.
 * @throws {Error} naming the group and the member that the file does not have, or has twice
 */
export function seedState(kernel: Kernel, file: DirectoryFile): EntraState {
  const users = file.users.map((seed): DirectoryUser => {
    const { enabled, id, ...rest } = seed;
    return { ...rest, id: id?.toLowerCase() ?? kernel.random.uuid(), accountEnabled: enabled };
  });
  const groups = file.groups.map((seed) => ({
    seed,
    group: {
      id: seed.id?.toLowerCase() ?? kernel.random.uuid(),
      displayName: seed.name,
      description: seed.description,
      securityEnabled: seed.securityEnabled,
      userIds: new Set<string>(),
      groupIds: new Set<string>(),
    },
  }));
  for (const { seed, group } of groups) {
    for (const name of seed.users) group.userIds.add(userNamed(users, name, seed).id);
    for (const name of seed.groups) group.groupIds.add(groupNamed(groups, name, seed).id);
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
    applications: new Map(),
    servicePrincipals: new Map(),
    assignments: new Map(),
  };
}

/** The initial domain, made of the tenant's name, and those that users sign in with. */
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

function groupNamed(
  groups: readonly { readonly group: DirectoryGroup }[],
  name: string,
  parent: SeedGroup,
): DirectoryGroup {
  const found = groups.filter(({ group }) => group.displayName === name || group.id === name.toLowerCase());
  if (found[0] && found.length === 1) return found[0].group;
  const why = found.length === 0 ? "is not among the groups" : "is the name of several groups: give its id";
  throw new Error(`Directory file: group "${parent.name}" contains the group "${name}", which ${why}`);
}
