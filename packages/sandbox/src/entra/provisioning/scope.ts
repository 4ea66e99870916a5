import type { DirectoryGroup, DirectoryUser, EntraState, ServicePrincipal } from "../state.ts";

/** The objects that a job provisions. */
export interface Scope {
  readonly users: readonly DirectoryUser[];
  readonly groups: readonly DirectoryGroup[];
  /** Ids of both. */
  readonly ids: ReadonlySet<string>;
  /** Ids of all of them, and of users who are entitled and disabled. */
  readonly entitled: ReadonlySet<string>;
}

/**
 * Assigned users and groups with the groups' direct members; groups nested in them are not looked into. Only
 * enabled users and security-enabled groups ("How application provisioning works").
 * @param isHonoured leaves out assignments that have not got about yet
 */
export function computeScope(
  state: EntraState,
  { id, secrets }: ServicePrincipal,
  isHonoured: (assignmentId: string) => boolean = () => true,
): Scope {
  const principals = isOn(secrets, "SyncAll")
    ? [...state.users.keys(), ...state.groups.keys()]
    : [...state.assignments.values()]
        .filter((assignment) => assignment.servicePrincipalId === id && isHonoured(assignment.id))
        .map(({ principalId }) => principalId);
  const groups = [...new Set(principals)]
    .flatMap((principal) => state.groups.get(principal) ?? [])
    .filter(({ securityEnabled }) => securityEnabled);
  const entitled = new Set([...principals, ...groups.flatMap((group) => [...group.userIds])]);
  const users = [...entitled]
    .flatMap((principal) => state.users.get(principal) ?? [])
    .filter(({ accountEnabled }) => accountEnabled);
  return { users, groups, ids: new Set([...users, ...groups].map((one) => one.id)), entitled };
}

/** A switch among the synchronization secrets. */
export function isOn(secrets: ServicePrincipal["secrets"], key: string): boolean {
  return secrets.get(key)?.toLowerCase() === "true";
}
