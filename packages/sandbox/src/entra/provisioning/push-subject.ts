import type { DirectoryGroup, DirectoryUser } from "../state.ts";
import type { Link } from "./links.ts";
import { TARGETS } from "./object-type.ts";
import { type Outcome, type ProvisioningAction, type Subject, notDone, outcomeOf } from "./outcome.ts";
import { pushMembers } from "./push-members.ts";
import { type Session, modified, pushObject } from "./push-object.ts";

const NOT_CREATED = { action: "other", targetId: null, changes: [] } as const;

export function subjectOf(object: DirectoryUser | DirectoryGroup): Subject {
  const type = "userIds" in object ? "Group" : "User";
  return { objectId: object.id, displayName: object.displayName, type };
}

export function pushUser(session: Session, user: DirectoryUser): Promise<Outcome> {
  const subject = subjectOf(user);
  return outcomeOf(subject, attemptedOn(session, user.id), async () => {
    const pushed = await pushObject(session, subject, user);
    return pushed ? { ...pushed, targetId: pushed.link.scimId } : NOT_CREATED;
  });
}

/**
 * @param members SCIM ids that the group is to have
 * @param keepOthers leaves the other members in the group, as provisioning on demand does
 */
export function pushGroup(
  session: Session,
  group: DirectoryGroup,
  { members, keepOthers }: { readonly members: () => ReadonlySet<string>; readonly keepOthers: boolean },
): Promise<Outcome> {
  const subject = subjectOf(group);
  return outcomeOf(subject, attemptedOn(session, group.id), async () => {
    const before = session.links.get(group.id);
    const pushed = await pushObject(session, subject, group);
    if (!pushed) return NOT_CREATED;
    const { action, link, changes } = pushed;
    const targetId = link.scimId;
    if (!session.flows.Group.hasMembers) return { action, targetId, changes };
    const wanted = new Set([...(keepOthers ? link.members : []), ...members()]);
    const addAll = !before?.confirmed || before.scimId !== link.scimId;
    const changed = await pushMembers(session, link, { members: wanted, addAll });
    return { action: action === "other" && changed ? "update" : action, targetId, changes };
  });
}

function attemptedOn({ links }: Session, objectId: string): ProvisioningAction {
  return links.has(objectId) ? "update" : "create";
}

/** A user becomes inactive. @param managed whether a later deletion in the directory is carried over */
export function disableUser(session: Session, link: Link, managed: boolean): Promise<Outcome> {
  return outcomeOf(link, "disable", async () => {
    const { scimId, attributes } = link;
    await session.scim.patch(TARGETS.User.path, scimId, [{ op: "replace", path: "active", value: false }]);
    session.links.set(link.objectId, { ...link, managed, attributes: { ...attributes, active: false } });
    return { action: "disable", targetId: scimId, changes: [modified("active", true, false)] };
  });
}

/** For a group, which cannot be inactive, and for a user who is no longer in the directory. */
export function deleteObject({ scim, links }: Session, link: Link): Promise<Outcome> {
  return outcomeOf(link, "delete", async () => {
    await scim.remove(TARGETS[link.type].path, link.scimId);
    links.delete(link.objectId);
    return { action: "delete", targetId: link.scimId, changes: [] };
  });
}

/** A disable or deletion that is held back until an administrator allows it. */
export function stagedDeletion(
  link: Link,
  error: { readonly code: string; readonly message: string },
): Outcome {
  const reason = { code: error.code, reason: error.message, isReference: false };
  return notDone(link, { action: "stagedDelete", status: "skipped", targetId: link.scimId, error: reason });
}
