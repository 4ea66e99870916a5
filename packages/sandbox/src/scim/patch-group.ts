import * as z from "zod";
import type { GroupAttributes, IdentityStoreState, StoreGroup } from "../identity-store/state.ts";
import { notFound, validation } from "./errors.ts";
import type { PatchOperation } from "./patch-request.ts";

/** Membership changes in one request (AWS SCIM developer guide, PatchGroup). */
const MOST_CHANGES = 100;

const Members = z
  .array(z.object({ value: z.string() }))
  .min(1)
  .transform((members) => members.map(({ value }) => value));

interface MembershipChange {
  readonly op: "add" | "remove";
  readonly userId: string;
}

interface PatchContext {
  readonly store: IdentityStoreState;
  /** @throws {ScimError} ThrottlingException if there are too many membership changes */
  readonly throttle: (changes: number) => void;
}

/**
 * Operation PatchGroup: all operations or none.
 * @throws {ScimError} ValidationException, ThrottlingException, ResourceNotFoundException for a member that does not exist
 * @throws {DuplicatePrincipal} for a display name that another group has
 */
export function patchGroup(
  { store, throttle }: PatchContext,
  group: StoreGroup,
  operations: readonly PatchOperation[],
): void {
  let attributes: GroupAttributes = group.attributes;
  const changes: MembershipChange[] = [];
  for (const operation of operations) {
    if (operation.path === null) throw validation("Missing path in PATCH request");
    if (operation.path === "members") changes.push(...readChanges(operation));
    else attributes = patchAttributes(attributes, operation.path, operation);
  }
  if (changes.length > MOST_CHANGES) throw validation(`More than ${MOST_CHANGES} membership changes`);
  const stranger = changes.find(({ op, userId }) => op === "add" && !store.users.has(userId));
  if (stranger !== undefined) throw notFound(`User ${stranger.userId} does not exist`);

  throttle(changes.length);
  store.updateGroup(group, attributes);
  for (const { op, userId } of changes) {
    if (op === "add") store.addMember(group.id, userId);
    else store.removeMember(group.id, userId);
  }
}

function readChanges({ op, value }: PatchOperation): MembershipChange[] {
  if (op === "replace") throw validation("All memberships cannot be replaced in one request");
  const members = Members.safeParse(value);
  if (!members.success)
    throw validation("members needs a list of at least one user; all cannot be removed in one request");
  return members.data.map((userId) => ({ op, userId }));
}

function patchAttributes(
  attributes: GroupAttributes,
  path: string,
  { op, value }: PatchOperation,
): GroupAttributes {
  if (path !== "displayName" && path !== "externalId") throw validation(`${path} cannot be patched`);
  if (op === "remove") {
    if (path === "displayName") throw validation("displayName cannot be removed");
    return { displayName: attributes.displayName };
  }
  if (typeof value !== "string" || value === "") throw validation(`${path} needs a text`);
  return { ...attributes, [path]: value };
}
