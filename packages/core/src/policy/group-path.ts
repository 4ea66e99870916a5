import type { DirectorySnapshot } from "../model/directory.ts";

/** Names of the groups on the shortest way from one of the roots down to a group, both included. */
export function groupPath(
  rootIds: readonly string[],
  groupId: string,
  { groups }: Pick<DirectorySnapshot, "groups">,
): string[] {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const seen = new Set(rootIds);
  let ways = rootIds.map((id) => [id]);
  while (ways.length > 0) {
    const found = ways.find((way) => way.at(-1) === groupId);
    if (found) return found.map((id) => byId.get(id)?.displayName ?? id);
    ways = ways.flatMap((way) => {
      const nested = byId.get(way.at(-1) ?? "")?.memberGroupIds ?? [];
      return nested.filter((id) => !seen.has(id) && seen.add(id)).map((id) => [...way, id]);
    });
  }
  return [byId.get(groupId)?.displayName ?? groupId];
}
