import { readLedger } from "../ledger/ledger-entry.ts";
import type {
  InstanceScope,
  PrincipalType,
  RequestedScope,
  ScopedSnapshot,
  StorePrincipal,
} from "../model/instance.ts";
import { inScope } from "../plan/in-scope.ts";
import { isObjectId } from "../policy/object-id.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { Ports } from "../ports/ports.ts";
import { refuseUnknownGroups } from "./known-scope.ts";
import { findOrphans } from "./orphans.ts";
import { assignmentsIn, assignmentsOf } from "./read-assignments.ts";
import { readPrincipals } from "./read-instance-snapshot.ts";

type Needs = Pick<Ports, "identityCenter" | "identityStore" | "directory" | "records">;
type Rules = Pick<AccessPolicy, "rules">;

/**
 * Reads what a scoped run is about: one listing a group, or those of an account. The scope it comes back with is what was
 * read, and so the most that may be planned. Whether there are such accounts only the organization tells: see planChanges.
 * @throws {FlowError} ScopeUnknown naming the groups that nobody knows, where the scope does not ignore them
 */
export async function readScopedSnapshot(
  policy: Rules,
  { unknownIds, ...scope }: RequestedScope,
  ports: Needs,
): Promise<ScopedSnapshot> {
  const types = new Set<PrincipalType>(scope.scope === "groups" ? ["GROUP"] : ["GROUP", "USER"]);
  const { instance, principals } = await readPrincipals(ports, types);
  const permissionSets = await ports.identityCenter.listPermissionSets(instance);
  if (scope.scope === "accounts") {
    const assignments = await assignmentsIn(scope.ids, instance, ports);
    return { scope, instance, permissionSets, principals, assignments };
  }
  const ledger = await readLedger(ports);
  if (unknownIds === "refuse") await refuseUnknownGroups(scope.ids, { principals, ledger }, ports);
  const ids = await withDescendants(policy, scope.ids, { principals, ports });
  const isInScope = inScope({ scope: "groups", ids });
  const groups = principals.filter(({ type, externalId: directoryId, principalId }) =>
    isInScope({ accountId: "", principal: { type, directoryId, principalId } }),
  );
  const orphans = findOrphans(ledger, principals).filter(({ assignment, directoryId }) => {
    const { accountId, principalType: type, principalId } = assignment;
    return isInScope({ accountId, principal: { type, directoryId, principalId } });
  });
  const found = await assignmentsOf({ principals: groups, orphans }, { instance, permissionSets }, ports);
  const goneIds = orphans.map(({ assignment }) => assignment.principalId);
  const read = new Set([...groups.map(({ principalId }) => principalId), ...goneIds]);
  const assignments = found.filter(({ principalId }) => read.has(principalId));
  // All that an assignment tells of a group that is gone is its identity store id.
  const closed: InstanceScope = { scope: "groups", ids: [...new Set([...ids, ...goneIds])] };
  return { scope: closed, instance, permissionSets, principals, assignments };
}

/**
 * Entra ids for identity store ids, and, where a rule expands nested groups, the groups below: what changes above decides
 * what they have. A group that was taken out of its parent is not below it any more and waits for the next full run.
 */
async function withDescendants(
  { rules }: Rules,
  ids: readonly string[],
  { principals, ports }: { readonly principals: readonly StorePrincipal[]; readonly ports: Needs },
): Promise<string[]> {
  const externalIds = new Map(principals.map(({ principalId, externalId }) => [principalId, externalId]));
  const found = new Set(ids.map((id) => externalIds.get(id) ?? id));
  if (rules.every(({ nested }) => nested === "ignore")) return [...found];
  // A set hands out what is added to it on the way.
  for (const id of found) {
    if (!isObjectId(id) || (await ports.directory.findGroupById(id)) === null) continue;
    const { groups } = await ports.directory.readMembers(id);
    for (const group of groups) found.add(group.id);
  }
  return [...found];
}
