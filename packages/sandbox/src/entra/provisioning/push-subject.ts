import type { DirectoryGroup, DirectoryUser } from "../state.ts";
import type { Link } from "./links.ts";
import { MAPPINGS, groupAttributes, userAttributes } from "./object-type.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { pushMembers } from "./push-members.ts";
import { type Session, pushObject } from "./push-object.ts";

export function pushUser(session: Session, user: DirectoryUser): Promise<Outcome> {
  const subject = { objectId: user.id, displayName: user.displayName, type: "User" as const };
  return outcomeOf(subject, async () => {
    const { action, link } = await pushObject(session, {
      ...subject,
      attributes: userAttributes(user, true),
    });
    return { action, targetId: link.scimId };
  });
}

/**
 * @param memberIds directory object ids; those that never arrived are left out
 * @param keepOthers leaves the other members in the group, as provisioning on demand does
 */
export function pushGroup(
  session: Session,
  group: DirectoryGroup,
  { memberIds, keepOthers }: { readonly memberIds: readonly string[]; readonly keepOthers: boolean },
): Promise<Outcome> {
  const subject = { objectId: group.id, displayName: group.displayName, type: "Group" as const };
  return outcomeOf(subject, async () => {
    const before = session.links.get(group.id);
    const { action, link } = await pushObject(session, { ...subject, attributes: groupAttributes(group) });
    const arrived = memberIds.flatMap((id) => session.links.get(id)?.scimId ?? []);
    const members = new Set([...(keepOthers ? link.members : []), ...arrived]);
    const addAll = !before?.confirmed || before.scimId !== link.scimId;
    const changed = await pushMembers(session, link, { members, addAll });
    return { action: action === "other" && changed ? "update" : action, targetId: link.scimId };
  });
}

/** Out of scope: a user becomes inactive; a group, which has no such state, is deleted. */
export function withdraw(session: Session, link: Link): Promise<Outcome> {
  const { objectId, displayName, type, scimId } = link;
  const { path } = MAPPINGS[type];
  return outcomeOf({ objectId, displayName, type }, async () => {
    if (type === "Group") {
      await session.scim.remove(path, scimId);
      session.links.delete(objectId);
      return { action: "delete", targetId: scimId };
    }
    await session.scim.patch(path, scimId, [{ op: "replace", path: "active", value: false }]);
    session.links.set(objectId, { ...link, attributes: { ...link.attributes, active: false } });
    return { action: "disable", targetId: scimId };
  });
}
