import { readOwnPermissionSets } from "../apply/own-permission-sets.ts";
import type {
  Instance,
  InstanceAssignment,
  InstanceSnapshot,
  PrincipalType,
  StorePrincipal,
} from "../model/instance.ts";
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
  const [read, ownPermissionSetArns] = await Promise.all([
    readAssignments({ instance, permissionSets, principals, policy }, ports),
    readOwnPermissionSets(ports),
  ]);
  const doomed = permissionSets.filter(
    ({ arn, name }) => ownPermissionSetArns.includes(arn) && !Object.hasOwn(policy.permissionSets, name),
  );
  // Whether nobody uses a set that may be deleted only its own listing tells: see readAssignments.
  const theirs = await Promise.all(
    doomed.map(({ arn }) => ports.identityCenter.readAssignments(instance, arn)),
  );
  const assignments = doomed.length === 0 ? read : unique([...read, ...theirs.flat()]);
  return { instance, permissionSets, assignments, principals, ownPermissionSetArns };
}

function unique(assignments: readonly InstanceAssignment[]): InstanceAssignment[] {
  const keyed = assignments.map((assignment): [string, InstanceAssignment] => {
    const { accountId, permissionSetArn, principalType, principalId } = assignment;
    return [`${accountId} ${permissionSetArn} ${principalType} ${principalId}`, assignment];
  });
  return [...new Map(keyed).values()];
}

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
