import type { Instance, PrincipalType, StorePrincipal } from "../model/instance.ts";
import type { Ports } from "../ports/ports.ts";

/** The groups and users that the instance has now; those of one type where only they matter. */
export async function readPrincipals(
  { identityCenter, identityStore }: Pick<Ports, "identityCenter" | "identityStore">,
  types: ReadonlySet<PrincipalType> = new Set<PrincipalType>(["GROUP", "USER"]),
): Promise<{ instance: Instance; principals: StorePrincipal[] }> {
  const instance = await identityCenter.readInstance();
  const [groups, users] = await Promise.all([
    types.has("GROUP") ? identityStore.listGroups(instance.identityStoreId) : [],
    types.has("USER") ? identityStore.listUsers(instance.identityStoreId) : [],
  ]);
  return { instance, principals: [...groups, ...users] };
}
