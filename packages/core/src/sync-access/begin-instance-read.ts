import { readOwnPermissionSets } from "../apply/own-permission-sets.ts";
import { readLedger } from "../ledger/ledger-entry.ts";
import type { InstanceScope, PrincipalType, RequestedScope, StorePrincipal } from "../model/instance.ts";
import { inScope } from "../model/in-scope.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import { isObjectId } from "../policy/object-id.ts";
import type { Ports } from "../ports/ports.ts";
import {
  type AskedScope,
  groupsInScope,
  type InstancePart,
  type InstanceRead,
  NOTHING_LEFT,
} from "./instance-read.ts";
import { findOrphans, type Orphan, placesOf, principalOf } from "./orphans.ts";
import { refuseUnknownGroups } from "./known-scope.ts";
import { principalsToAsk } from "./principals-to-ask.ts";
import { readPrincipals } from "./read-principals.ts";

type Needs = Pick<Ports, "identityCenter" | "identityStore" | "records">;
type Rules = Pick<AccessPolicy, "rules">;

interface Begun {
  readonly read: InstanceRead;
  readonly part: InstancePart;
}

/**
 * The first questions to the instance, which determine the others: its principals and permission sets. For the largest
 * instance that AWS allows they take about three minutes: 3,500 sets, 100,000 groups, 200,000 users. Only the organization
 * can tell whether the accounts of a scope exist: see planChanges.
 * @throws {FlowError} ScopeUnknown naming the groups that nobody knows, where the scope does not ignore them
 */
export async function beginInstanceRead(
  policy: Rules,
  scope: AskedScope,
  ports: Needs & Pick<Ports, "directory">,
): Promise<Begun> {
  switch (scope.scope) {
    case "full":
      return beginFull(policy, ports);
    case "groups":
      return beginGroups(policy, scope, ports);
    case "accounts":
      return beginAccounts(scope, ports);
  }
}

/**
 * Reads every assignment of a group, and of every user that the policy or the ledger knows, in the cheaper way: one listing
 * per principal, or one for each account that has a permission set. Other users' assignments are neither wanted nor
 * Landbridge's own, and are read only if that costs nothing more.
 */
export async function beginFull(policy: Rules, ports: Needs): Promise<Begun> {
  const { instance, principals } = await readPrincipals(ports);
  const arns = await ports.identityCenter.listPermissionSetArns(instance);
  const [ledger, ownPermissionSetArns] = await Promise.all([readLedger(ports), readOwnPermissionSets(ports)]);
  const asked = principalsToAsk({ principals, policy, ledger, permissionSets: arns.length });
  const { left, gone } = asked === null ? { left: { sets: arns }, gone: [] } : toAsk(asked);
  return {
    read: {
      scope: { scope: "full" },
      instance,
      ownPermissionSetArns,
      permissionSets: [],
      gone,
      overlaps: false,
      left: { ...NOTHING_LEFT, specs: arns, ...left },
    },
    part: partOf(principals),
  };
}

function toAsk({
  principals,
  orphans,
}: {
  readonly principals: readonly StorePrincipal[];
  readonly orphans: readonly Orphan[];
}) {
  return {
    left: { principals, orphans: placesOf(orphans) },
    gone: [...new Set(orphans.map(({ assignment }) => principalOf(assignment)))],
  };
}

async function beginGroups(
  policy: Rules,
  { unknownIds, ...scope }: RequestedScope,
  ports: Needs & Pick<Ports, "directory">,
): Promise<Begun> {
  const { known, principals } = await beginScoped(["GROUP"], ports);
  const ledger = await readLedger(ports);
  if (unknownIds === "refuse") await refuseUnknownGroups(scope.ids, { principals, ledger }, ports);
  const ids = await withDescendants(policy, scope.ids, { principals, ports });
  const isInScope = inScope({ scope: "groups", ids });
  const orphans = findOrphans(ledger, principals).filter(({ assignment, directoryId }) => {
    const { accountId, principalType: type, principalId } = assignment;
    return isInScope({ accountId, principal: { type, directoryId, principalId } });
  });
  const groups = groupsInScope({ scope: "groups", ids }, principals);
  const { left, gone } = toAsk({ principals: groups, orphans });
  // An assignment of a deleted group shows only its identity store id.
  const goneIds = orphans.map(({ assignment }) => assignment.principalId);
  const closed: InstanceScope = { scope: "groups", ids: [...new Set([...ids, ...goneIds])] };
  return {
    read: { ...known, scope: closed, gone, left: { ...NOTHING_LEFT, ...left } },
    part: partOf(principals),
  };
}

async function beginAccounts({ scope, ids }: RequestedScope, ports: Needs): Promise<Begun> {
  const { known, principals } = await beginScoped(["GROUP", "USER"], ports);
  const left = { ...NOTHING_LEFT, accounts: ids };
  return { read: { ...known, scope: { scope, ids }, gone: [], left }, part: partOf(principals) };
}

/** Permission sets by name alone: what they say is a full run's business. */
async function beginScoped(types: readonly PrincipalType[], ports: Needs) {
  const { instance, principals } = await readPrincipals(ports, new Set(types));
  const permissionSets = await ports.identityCenter.listPermissionSets(instance);
  return { known: { instance, permissionSets, ownPermissionSetArns: [], overlaps: false }, principals };
}

function partOf(principals: readonly StorePrincipal[]): InstancePart {
  return { principals, permissionSets: [], assignments: [], outdated: [] };
}

/**
 * Adds Entra ids for identity store ids and, if a rule expands nested groups, the groups below, since changes above affect
 * them. A group that was removed from its parent is no longer below it and waits for the next full run.
 */
async function withDescendants(
  { rules }: Rules,
  ids: readonly string[],
  {
    principals,
    ports,
  }: { readonly principals: readonly StorePrincipal[]; readonly ports: Pick<Ports, "directory"> },
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
