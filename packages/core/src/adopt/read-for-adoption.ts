import type { DirectoryGroup, DirectorySnapshot, DirectoryUser } from "../model/directory.ts";
import type { InstanceAssignment, InstanceSnapshot, StorePrincipal } from "../model/instance.ts";
import { compareText } from "../text/canonical-json.ts";
import { mapConcurrently } from "../map-concurrently.ts";
import { isObjectId } from "../policy/object-id.ts";
import type { Directory } from "../ports/directory.ts";
import type { Ports } from "../ports/ports.ts";
import { readPrincipals } from "../sync-access/read-principals.ts";
import type { AdoptInput } from "./reachable-assignments.ts";

/** Kind to Graph's throttling. */
const CONCURRENT_READS = 5;

/**
 * Reads what is adopted: the organization with its accounts' tags, everything in the instance, and from the directory the
 * users and groups that have access. It does not read tags of permission sets: the adopted policy does not manage them. Any
 * failure fails the read as a whole.
 */
export async function readForAdoption(
  ports: Pick<Ports, "organization" | "identityCenter" | "identityStore" | "directory">,
): Promise<Omit<AdoptInput, "settings">> {
  const [organization, instance] = await Promise.all([
    ports.organization.read({ tags: true }),
    readWholeInstance(ports),
  ]);
  return { organization, instance, directory: await readAssigned(instance, ports.directory) };
}

/**
 * A sync reads what its policy needs; here there is no policy yet, so every permission set is listed in every account.
 */
async function readWholeInstance(
  ports: Pick<Ports, "identityCenter" | "identityStore">,
): Promise<InstanceSnapshot> {
  const { instance, principals } = await readPrincipals(ports);
  const permissionSets = await ports.identityCenter.readPermissionSets(instance);
  const assignments = await Promise.all(
    permissionSets.map(({ arn }) => ports.identityCenter.readAssignments(instance, arn)),
  );
  return {
    instance,
    permissionSets,
    principals,
    assignments: assignments.flat(),
    ownPermissionSetArns: [],
    outdated: [],
  };
}

/**
 * Reads by object id, without members. For groups, also reads those that share a name, since the policy then cannot use
 * it.
 */
async function readAssigned(
  { assignments, principals }: InstanceSnapshot,
  directory: Directory,
): Promise<DirectorySnapshot> {
  const ids = assignedIds(assignments, principals);
  const groups = new Map<string, DirectoryGroup>();
  await mapConcurrently(ids.GROUP, CONCURRENT_READS, async (id) => {
    const group = await directory.findGroupById(id);
    if (!group) return;
    for (const found of [group, ...(await directory.findGroupsByName(group.displayName))])
      groups.set(found.id, found);
  });
  const users = new Map<string, DirectoryUser>();
  await mapConcurrently(ids.USER, CONCURRENT_READS, async (id) => {
    const user = await directory.findUser(id);
    if (user) users.set(user.id, user);
  });
  return { groups: [...groups.values()], users: [...users.values()] };
}

function assignedIds(
  assignments: readonly InstanceAssignment[],
  principals: readonly StorePrincipal[],
): Record<StorePrincipal["type"], string[]> {
  const assigned = new Set(
    assignments.map(({ principalType, principalId }) => `${principalType}/${principalId}`),
  );
  const idsOf = (wanted: StorePrincipal["type"]) =>
    principals
      .filter(({ type, principalId }) => type === wanted && assigned.has(`${type}/${principalId}`))
      .flatMap(({ externalId }) => (externalId !== null && isObjectId(externalId) ? [externalId] : []))
      .toSorted(compareText);
  return { GROUP: idsOf("GROUP"), USER: idsOf("USER") };
}
