import type { Instance, InstanceSnapshot, StorePrincipal } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";

/** Reads permission sets, assignments and principals completely; any failure fails the read as a whole. */
export async function readInstanceSnapshot({
  identityCenter,
  identityStore,
}: Pick<Ports, "identityCenter" | "identityStore">): Promise<InstanceSnapshot> {
  const { instance, principals } = await readPrincipals({ identityCenter, identityStore });
  const permissionSets = await identityCenter.readPermissionSets(instance);
  const assignments = await Promise.all(
    permissionSets.map(({ arn }) => identityCenter.readAssignments(instance, arn)),
  );
  return { instance, permissionSets, assignments: assignments.flat(), principals };
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
