import type { JsonObject } from "../../odata.ts";
import type { DirectoryGroup, DirectoryUser, EntraState } from "../../state.ts";
import { type Change, type Snapshot, groupChanges, userChanges } from "../directory-snapshot.ts";
import type { Subscription } from "./subscription.ts";

/** One item of a delivery, without what is the same for every item of its subscription. */
export type Notice =
  | { readonly lifecycleEvent: "reauthorizationRequired" }
  | { readonly changeType: ChangeType; readonly resource: string; readonly resourceData: JsonObject };
type ChangeType = "updated" | "deleted";

interface Observed {
  readonly type: "user" | "group";
  readonly id: string;
  readonly changeType: ChangeType;
  readonly members: readonly JsonObject[];
}

/** The changes between two snapshots, as notifications report them. */
export function observe(before: Snapshot, after: Snapshot): Observed[] {
  return [
    ...userChanges(before, after).map((change) => ({
      ...observed(change),
      type: "user" as const,
      members: [],
    })),
    ...groupChanges(before, after).map((change) => ({
      ...observed(change),
      type: "group" as const,
      members: change.after ? memberChanges(change.before, change.after) : [],
    })),
  ];
}

/** Creation and soft deletion arrive as `updated` ("change notifications for users and groups"). */
function observed({ id, after, isRestorable }: Change<DirectoryUser | DirectoryGroup>) {
  const changeType: ChangeType = after || isRestorable ? "updated" : "deleted";
  return { id, changeType };
}

function memberChanges(before: DirectoryGroup | undefined, after: DirectoryGroup): JsonObject[] {
  const old = memberIds(before);
  const now = memberIds(after);
  return [
    ...[...now].filter((id) => !old.has(id)).map((id) => ({ id })),
    // A text here; in a delta query it is an object.
    ...[...old].filter((id) => !now.has(id)).map((id) => ({ id, "@removed": "deleted" })),
  ];
}

function memberIds(group: DirectoryGroup | undefined): Set<string> {
  return new Set([...(group?.userIds ?? []), ...(group?.groupIds ?? [])]);
}

/** The subscription's notice; null if it does not ask for the change. */
export function noticeFor(
  { tenant }: EntraState,
  { watched, changeType }: Subscription,
  change: Observed,
): Notice | null {
  if (watched.type !== change.type || (watched.id !== null && watched.id !== change.id)) return null;
  if (watched.membersOnly && change.members.length === 0) return null;
  if (!changeType.split(",").includes(change.changeType)) return null;
  const name = change.type === "group" ? "Group" : "User";
  const resource = `${name}s/${change.id}`;
  return {
    changeType: change.changeType,
    resource,
    resourceData: {
      "@odata.type": `#Microsoft.Graph.${name}`,
      "@odata.id": resource,
      id: change.id,
      organizationId: tenant.id,
      ...(change.members.length > 0 && { "members@delta": change.members }),
    },
  };
}
