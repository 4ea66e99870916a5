import type { DirectoryGroup, DirectoryUser, EntraState, ServicePrincipal } from "../state.ts";

/** Whom a job brings over. */
export interface Scope {
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
}

/**
 * Assigned users and groups with the groups' direct members; groups nested in them are not looked into. Only
 * enabled users and security-enabled groups ("How application provisioning works").
 */
export function computeScope(state: EntraState, { id, secrets }: ServicePrincipal): Scope {
  const principals = isOn(secrets, "SyncAll")
    ? [...state.users.keys(), ...state.groups.keys()]
    : [...state.assignments.values()]
        .filter((assignment) => assignment.servicePrincipalId === id)
        .map(({ principalId }) => principalId);
  const groups = [...new Set(principals)]
    .flatMap((id) => state.groups.get(id) ?? [])
    .filter(({ securityEnabled }) => securityEnabled);
  const userIds = new Set([...principals, ...groups.flatMap((group) => [...group.userIds])]);
  const users = [...userIds]
    .flatMap((id) => state.users.get(id) ?? [])
    .filter(({ accountEnabled }) => accountEnabled);
  return { users, groups };
}

/** A switch among the synchronization secrets. */
export function isOn(secrets: ServicePrincipal["secrets"], key: string): boolean {
  return secrets.get(key)?.toLowerCase() === "true";
}
