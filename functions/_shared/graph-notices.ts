import { createHash, timingSafeEqual } from "node:crypto";

/** What the deployment knows about one subscription to Graph's change notifications. */
export interface KnownSubscription {
  readonly subscriptionId: string;
  /** SHA-256 of the secret that Graph repeats in every notification, in hex. */
  readonly clientStateHash: string;
}

/** The notifications that passed the checks, by what has to be done. */
export interface PassedNotices {
  readonly groupIds: readonly string[];
  /** A notification that says too little, or too many of them. */
  readonly all: boolean;
  readonly lifecycle: readonly { readonly subscriptionId: string; readonly event: string }[];
}

interface Notice {
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly clientState: string;
  readonly resource: string;
  readonly resourceId: string;
  /** Ids of what was removed from the group, people and groups alike. */
  readonly removedIds: readonly string[];
  readonly lifecycleEvent: string;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_GROUPS = 200;
/** A larger number is people; the delta query, which shows what is a group, finds the groups among them within the hour. */
const MOST_REMOVED = 20;
/** Longest that a subscription can have is 128 (entra: subscription resource type). */
const LONGEST_CLIENT_STATE = 256;

/** The items of a notification, none if it is anything else. */
export function parseNotices(body: string): readonly Notice[] {
  let value: unknown;
  try {
    value = (JSON.parse(body) as { value?: unknown } | null)?.value;
  } catch {
    return [];
  }
  return Array.isArray(value) ? value.map(toNotice) : [];
}

/**
 * Picks the notifications that were sent to one of our subscriptions with its secret; the others are forged, old or meant for
 * somebody else, and are dropped silently.
 */
export function passNotices(
  notices: readonly Notice[],
  known: readonly KnownSubscription[],
  tenantId: string,
): PassedNotices {
  const hashes = new Map(
    known.map(({ subscriptionId, clientStateHash }) => [subscriptionId, clientStateHash]),
  );
  const passed = notices.filter(
    (notice) => notice.tenantId === tenantId && knowsSecret(notice, hashes.get(notice.subscriptionId)),
  );
  const changes = passed.filter(({ lifecycleEvent }) => lifecycleEvent === "");
  const groupIds = new Set(changes.flatMap((notice) => [groupIdOf(notice), ...notice.removedIds]));
  return {
    groupIds: [...groupIds].filter((id) => id !== "").slice(0, MOST_GROUPS),
    all: groupIds.has("") || groupIds.size > MOST_GROUPS,
    lifecycle: passed
      .filter(({ lifecycleEvent }) => lifecycleEvent !== "")
      .map(({ subscriptionId, lifecycleEvent }) => ({ subscriptionId, event: lifecycleEvent })),
  };
}

/** Compares hashes of equal length in constant time. */
function knowsSecret({ clientState }: Notice, hash: string | undefined): boolean {
  const given = createHash("sha256").update(clientState.slice(0, LONGEST_CLIENT_STATE)).digest();
  const expected = Buffer.from(hash ?? "", "hex");
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** Empty if it is not given. `resource` may also contain `Groups/{id}`. */
function groupIdOf({ resource, resourceId }: Notice): string {
  const id = GUID.test(resourceId) ? resourceId : (resource.split("/").at(-1) ?? "");
  return GUID.test(id) ? id.toLowerCase() : "";
}

function toNotice(item: unknown): Notice {
  const resourceData = (item as { resourceData?: unknown } | null)?.resourceData;
  return {
    subscriptionId: text(item, "subscriptionId"),
    tenantId: text(item, "tenantId"),
    clientState: text(item, "clientState"),
    resource: text(item, "resource"),
    resourceId: text(resourceData, "id"),
    removedIds: removedIds(resourceData),
    lifecycleEvent: text(item, "lifecycleEvent"),
  };
}

/** `members@delta`, which no official page mentions: a group that was removed from another may lose access. */
function removedIds(resourceData: unknown): string[] {
  const members = (resourceData as { "members@delta"?: unknown } | null | undefined)?.["members@delta"];
  if (!Array.isArray(members)) return [];
  const removed = members.filter(
    (member) => typeof member === "object" && member !== null && "@removed" in member,
  );
  if (removed.length > MOST_REMOVED) return [];
  return removed.map((member) => text(member, "id").toLowerCase()).filter((id) => GUID.test(id));
}

function text(item: unknown, member: string): string {
  if (typeof item !== "object" || item === null) return "";
  const value = (item as Record<string, unknown>)[member];
  return typeof value === "string" ? value : "";
}
