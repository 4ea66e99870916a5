import * as z from "zod";
import type { IdentityStoreState, StoreGroup } from "../identity-store/state.ts";
import type { SandboxClock } from "../kernel/clock.ts";
import { TokenBucket } from "../kernel/token-bucket.ts";
import { notFound, throttled, validation } from "./errors.ts";
import { type Conditions, parseFilter } from "./filter.ts";
import { listResponse, parseListQuery } from "./list-response.ts";
import type { ScimOperation } from "./operation.ts";
import { patchGroup } from "./patch-group.ts";
import { parsePatch } from "./patch-request.ts";
import type { ScimState } from "./state.ts";
import { describeIssue, describeMeta } from "./user-resource.ts";

/** "id and member" in the prose of the developer guide, "members" in its sample. */
const FILTERS = [
  ["displayName"],
  ["externalId"],
  ["members.value"],
  ["id"],
  ["id", "members"],
  ["id", "member"],
];

/**
 * Membership changes of CreateGroup and PatchGroup have a quota of their own (Identity Center user guide, "Quotas"). Its
 * value is not published; this one lets the largest PATCH through once a second.
 */
const MEMBERSHIP_CHANGES_PER_SECOND = 100;

const GroupResource = z.strictObject({
  schemas: z.array(z.string()).optional(),
  id: z.string().optional(),
  meta: z.unknown().optional(),
  displayName: z.string().min(1).max(1024),
  externalId: z.string().min(1).max(256).optional(),
  members: z
    .array(z.strictObject({ value: z.string(), type: z.string().optional(), $ref: z.string().optional() }))
    .max(100)
    .default([]),
});

/** The operations on /Groups; there is no PUT, and members are never returned. */
export function makeGroupOperations(
  { identityStore: store, principalLagMilliseconds }: ScimState,
  clock: SandboxClock,
): Record<string, ScimOperation> {
  const memberships = new TokenBucket(clock, MEMBERSHIP_CHANGES_PER_SECOND);
  const throttle = (changes: number): void => {
    if (!memberships.take(changes)) throw throttled();
  };
  const find = (id: string): StoreGroup => {
    const group = store.groups.get(id);
    if (group === undefined) throw notFound(`Group ${id} does not exist`);
    return group;
  };

  return {
    CreateGroup: ({ body }) => {
      const parsed = GroupResource.safeParse(body);
      if (!parsed.success) throw validation(describeIssue(parsed.error));
      const { displayName, externalId, members } = parsed.data;
      const stranger = members.find(({ value }) => !store.users.has(value));
      if (stranger !== undefined) throw validation(`User ${stranger.value} does not exist`);
      throttle(members.length);
      const group = store.createGroup({ displayName, externalId }, principalLagMilliseconds);
      for (const { value } of members) store.addMember(group.id, value);
      return { status: 201, body: describeGroup(group) };
    },
    GetGroup: ({ id }) => ({ status: 200, body: describeGroup(find(id)) }),
    PatchGroup: ({ id, body }) => {
      patchGroup({ store, throttle }, find(id), parsePatch(body));
      return { status: 204 };
    },
    DeleteGroup: ({ id }) => {
      store.deleteGroup(find(id));
      return { status: 204 };
    },
    ListGroups: ({ query }) => {
      const list = parseListQuery("Groups", query);
      const groups =
        list.filter === null ? [...store.groups.values()] : select(store, parseFilter(list.filter, FILTERS));
      return {
        status: 200,
        body: listResponse(
          groups.map((group) => ({ ...describeGroup(group), members: [] })),
          list,
        ),
      };
    },
  };
}

function describeGroup(group: StoreGroup): Record<string, unknown> {
  const { displayName, externalId } = group.attributes;
  return {
    id: group.id,
    ...(externalId !== undefined && { externalId }),
    meta: describeMeta("Group", group),
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Group"],
    displayName,
  };
}

function select(store: IdentityStoreState, conditions: Conditions): StoreGroup[] {
  const displayName = conditions.get("displayName");
  if (displayName !== undefined) return present(store.findGroupByName(displayName));
  const externalId = conditions.get("externalId");
  if (externalId !== undefined) return present(store.findGroupByExternalId(externalId));
  const member = conditions.get("members.value") ?? conditions.get("members") ?? conditions.get("member");
  if (member !== undefined && !store.users.has(member)) throw notFound(`User ${member} does not exist`);
  const id = conditions.get("id");
  const groups = id === undefined ? [...store.groups.values()] : present(store.groups.get(id));
  return groups.filter((group) => member === undefined || store.isMember(group.id, member));
}

function present(group: StoreGroup | undefined): StoreGroup[] {
  return group === undefined ? [] : [group];
}
