import type { JsonObject } from "../../odata.ts";
import type { DirectoryGroup, DirectoryUser } from "../../state.ts";
import { type Change, type Snapshot, groupChanges, userChanges } from "../directory-snapshot.ts";
import { GROUP_PROPERTIES, groupView } from "../groups.ts";
import { DEFAULT_USER_PROPERTIES, userView } from "../users.ts";
import type { Tracking } from "./delta-tokens.ts";

/** Members of one group on one page; the rest follow on later pages. How many Graph shows is not documented. */
const MEMBERS_AT_ONCE = 100;

interface Rounding {
  readonly begin: Snapshot;
  readonly end: Snapshot;
  readonly tracking: Tracking;
}

/** A round's entries about users. */
export function userEntries({ begin, end, tracking }: Rounding): JsonObject[] {
  const wanted = tracking.select ?? DEFAULT_USER_PROPERTIES;
  return userChanges(begin, end).flatMap((change) => {
    if (tracking.ids && !tracking.ids.includes(change.id)) return [];
    const { before, after } = change;
    if (!after) return [removed(change)];
    const shown = pick(userView(after), wanted);
    return before && isSame(pick(userView(before), wanted), shown) ? [] : [shown];
  });
}

/** A round's entries about groups: the first parts of all, then the rest of large ones. */
export function groupEntries({ begin, end, tracking }: Rounding): JsonObject[] {
  const wanted = tracking.select ?? GROUP_PROPERTIES;
  const tracksMembers = tracking.select === null || tracking.select.includes("members");
  const parts: JsonObject[][] = [];
  for (const change of groupChanges(begin, end)) {
    if (tracking.ids && !tracking.ids.includes(change.id)) continue;
    const { before, after } = change;
    if (!after) {
      parts.push([removed(change)]);
      continue;
    }
    const members = tracksMembers ? memberChanges(memberTypes(before, begin), memberTypes(after, end)) : [];
    const shown = pick(groupView(after), wanted);
    if (before && members.length === 0 && isSame(pick(groupView(before), wanted), shown)) continue;
    parts.push(
      chunks(members).map((part) => (part.length === 0 ? shown : { ...shown, "members@delta": part })),
    );
  }
  const longest = Math.max(0, ...parts.map(({ length }) => length));
  return Array.from({ length: longest }, (_, index) =>
    parts.flatMap((part): JsonObject[] => part.slice(index, index + 1)),
  ).flat();
}

function removed({ id, isRestorable }: Change<DirectoryUser | DirectoryGroup>): JsonObject {
  return { id, "@removed": { reason: isRestorable ? "changed" : "deleted" } };
}

/** Member types by id; only members that are in the directory. */
function memberTypes(group: DirectoryGroup | undefined, { users, groups }: Snapshot): Map<string, string> {
  const userIds = [...(group?.userIds ?? [])].filter((id) => users.has(id));
  const groupIds = [...(group?.groupIds ?? [])].filter((id) => groups.has(id));
  return new Map([
    ...userIds.map((id) => [id, "#microsoft.graph.user"] as const),
    ...groupIds.map((id) => [id, "#microsoft.graph.group"] as const),
  ]);
}

function memberChanges(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): JsonObject[] {
  const added = [...after].filter(([id]) => !before.has(id));
  const gone = [...before].filter(([id]) => !after.has(id));
  return [
    ...added.map(([id, type]) => ({ "@odata.type": type, id })),
    ...gone.map(([id, type]) => ({ "@odata.type": type, id, "@removed": { reason: "deleted" } })),
  ];
}

function chunks(members: readonly JsonObject[]): JsonObject[][] {
  const count = Math.max(1, Math.ceil(members.length / MEMBERS_AT_ONCE));
  return Array.from({ length: count }, (_, index) =>
    members.slice(index * MEMBERS_AT_ONCE, (index + 1) * MEMBERS_AT_ONCE),
  );
}

function pick(view: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(view).filter(([name]) => name === "id" || names.includes(name)));
}

function isSame(a: JsonObject, b: JsonObject): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
