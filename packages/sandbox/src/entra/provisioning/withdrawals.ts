import type { EntraState, ServicePrincipal } from "../state.ts";
import { type Link, type Links, isPresent } from "./links.ts";
import type { Outcome } from "./outcome.ts";
import type { Session } from "./push-object.ts";
import { deleteObject, disableUser } from "./push-subject.ts";
import { type Scope, isOn } from "./scope.ts";

/** What to do with a pushed object that is no longer in the job's scope. */
export interface Withdrawal {
  readonly link: Link;
  readonly run: () => Promise<Outcome>;
}

/**
 * Unassigned, disabled or soft-deleted users become inactive; permanently deleted ones are deleted, unless unassigned before
 * ("How application provisioning works", deprovisioning). A group is deleted in each of these cases.
 */
export function findWithdrawals(
  session: Session,
  state: EntraState,
  { scope, servicePrincipal }: { readonly scope: Scope; readonly servicePrincipal: ServicePrincipal },
): Withdrawal[] {
  const keepsLeavers = isOn(servicePrincipal.secrets, "SkipOutOfScopeDeletions");
  return [...session.links.values()].flatMap((link) => {
    const { enabled, actions, disables } = session.flows[link.type];
    if (scope.ids.has(link.objectId) || !link.managed || !enabled) return [];
    const fate = fateOf(link, state, scope);
    if (fate === "delete") return actions.delete ? [{ link, run: () => deleteObject(session, link) }] : [];
    if (keepsLeavers) return [];
    if (link.type === "Group")
      return actions.delete ? [{ link, run: () => deleteObject(session, link) }] : [];
    const managed = fate === "disable";
    if (!isPresent(link)) {
      session.links.set(link.objectId, { ...link, managed });
      return [];
    }
    const can = disables && actions.update;
    return can ? [{ link, run: () => disableUser(session, link, managed) }] : [];
  });
}

/** `release`: the job has nothing to do with the object from then on. */
function fateOf(
  { objectId }: Link,
  state: EntraState,
  { entitled }: Scope,
): "delete" | "disable" | "release" {
  if (state.deletedItems.has(objectId)) return "disable";
  if (!state.users.has(objectId) && !state.groups.has(objectId)) return "delete";
  return entitled.has(objectId) ? "disable" : "release";
}

/**
 * SCIM ids of the members that a group is to have: its enabled direct members that have arrived. Those who are disabled or
 * soft-deleted stay members where they are it already, so that they find their groups again on their return.
 */
export function membersOf(
  groupId: string,
  links: Links,
  { state, scope }: { readonly state: EntraState; readonly scope: Scope },
): ReadonlySet<string> {
  const before = links.get(groupId)?.members ?? new Set<string>();
  const deleted = [...state.deletedItems.values()].filter(({ memberOf }) => memberOf.includes(groupId));
  const resting = deleted.map(({ object }) => object.id);
  const members = new Set<string>();
  for (const id of [...(state.groups.get(groupId)?.userIds ?? []), ...resting]) {
    const link = links.get(id);
    if (link && (scope.ids.has(id) || before.has(link.scimId))) members.add(link.scimId);
  }
  return members;
}
