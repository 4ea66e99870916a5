import type { Link } from "./links.ts";
import type { Session } from "./push-object.ts";
import { ReferenceRefusal, ScimRefusal } from "./scim-errors.ts";

/** PatchGroup accepts 100 membership changes in a request (AWS SCIM developer guide, PatchGroup). */
const MOST_CHANGES = 100;

interface Membership {
  /** SCIM ids that the group must have. */
  readonly members: ReadonlySet<string>;
  /** Also adds those that the job has added before: after a restart, or a match, the current members are unknown. */
  readonly addAll: boolean;
}

/**
 * Adds and removes members of a group; AWS never returns its members. Members that others added stay.
 * @returns whether anything was sent
 * @throws {ReferenceRefusal} when the target refuses a member
 */
export async function pushMembers(
  session: Session,
  group: Link,
  { members, addAll }: Membership,
): Promise<boolean> {
  const add = [...members].filter((id) => addAll || !group.members.has(id));
  const remove = [...group.members].filter((id) => !members.has(id));
  for (const [op, ids] of [["add", add] as const, ["remove", remove] as const]) {
    for (let start = 0; start < ids.length; start += MOST_CHANGES) {
      const value = ids.slice(start, start + MOST_CHANGES).map((id) => ({ value: id }));
      await asReference(session.scim.patch("Groups", group.scimId, [{ op, path: "members", value }]));
    }
  }
  session.links.set(group.objectId, { ...group, members });
  return add.length + remove.length > 0;
}

async function asReference(patch: Promise<void>): Promise<void> {
  try {
    await patch;
  } catch (error) {
    if (!(error instanceof ScimRefusal)) throw error;
    throw new ReferenceRefusal(error.status, error.code, error.message);
  }
}
