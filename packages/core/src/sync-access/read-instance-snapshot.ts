import type { Instance, InstanceSnapshot, StorePrincipal } from "../model/instance.ts";
import { taggedSets } from "../policy/tagged-sets.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Ports } from "../ports/ports.ts";
import { readAssignments } from "./read-assignments.ts";

/** Reads permission sets, assignments and principals completely; any failure fails the read as a whole. */
export async function readInstanceSnapshot(
  policy: Pick<AccessPolicy, "rules" | "permissionSets">,
  ports: Pick<Ports, "identityCenter" | "identityStore" | "records">,
): Promise<InstanceSnapshot> {
  const { instance, principals } = await readPrincipals(ports);
  const permissionSets = await ports.identityCenter.readPermissionSets(instance, {
    tagsOf: taggedSets(policy.permissionSets),
  });
  const assignments = await readAssignments({ instance, permissionSets, principals, policy }, ports);
  return { instance, permissionSets, assignments, principals };
}

/** The groups and users that the instance has now. */
export async function readPrincipals({
  identityCenter,
  identityStore,
}: Pick<Ports, "identityCenter" | "identityStore">): Promise<{
  instance: Instance;
  principals: StorePrincipal[];
}> {
  const instance = await identityCenter.readInstance();
  const [groups, users] = await Promise.all([
    identityStore.listGroups(instance.identityStoreId),
    identityStore.listUsers(instance.identityStoreId),
  ]);
  return { instance, principals: [...groups, ...users] };
}
