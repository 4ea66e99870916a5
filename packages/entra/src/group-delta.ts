import { type ChangedGroups, FlowError } from "@landbridge/core";
import type { GraphError } from "@microsoft/microsoft-graph-client";
import type { GraphObject } from "./answer.ts";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

const OPERATION = "Get delta for groups";
const GRAPH_ORIGIN = "https://graph.microsoft.com/";
/** The current link, without everything before it. */
const FROM_NOW = "/groups/delta?$deltatoken=latest&$select=displayName,members";

/**
 * Follows the pages of one round of the delta query; an object may be reported twice, and on several pages.
 * @returns null when the link is too old: "410 Gone", or a code that speaks of the sync state
 * @throws {FlowError} IncompleteRead
 */
export async function readGroupDelta(graph: Graph, link: string | null): Promise<ChangedGroups | null> {
  const groupIds = new Set<string>();
  const visited = new Set<string>();
  let url = link ?? FROM_NOW;
  for (;;) {
    visited.add(url);
    const page = await readPage(graph, url);
    if (page === null) return null;
    for (const group of page.list("value")) {
      for (const id of [group.text("id"), ...removedGroups(group)]) groupIds.add(id.toLowerCase());
    }
    const end = page.optionalText("@odata.deltaLink");
    if (end !== null) return { groupIds: [...groupIds], link: checkLink(end, visited) };
    url = checkLink(page.text("@odata.nextLink"), visited);
  }
}

/** Groups that were removed from the group: they may lose its members' access. */
function removedGroups(group: GraphObject): string[] {
  if (group.raw("members@delta") === undefined) return [];
  return group
    .list("members@delta")
    .filter((member) => member.raw("@removed") !== undefined)
    .filter((member) => member.optionalText("@odata.type") === "#microsoft.graph.group")
    .map((member) => member.text("id"));
}

async function readPage(graph: Graph, path: string): Promise<GraphObject | null> {
  let isExpired = false;
  try {
    return await graph.get({
      operation: OPERATION,
      permission: GRAPH_PERMISSIONS.readGroups,
      path,
      explain: (error) => {
        isExpired = saysExpired(error);
        return null;
      },
    });
  } catch (error) {
    if (isExpired) return null;
    throw error;
  }
}

function saysExpired({ statusCode, code }: GraphError): boolean {
  const isState = /syncState|resync/i.test(code ?? "");
  return statusCode === 410 || (statusCode >= 400 && statusCode < 410 && isState);
}

function checkLink(link: string, visited: ReadonlySet<string>): string {
  if (link.startsWith(GRAPH_ORIGIN) && !visited.has(link)) return link;
  throw new FlowError(
    "IncompleteRead",
    `The next page of "${OPERATION}" is not in Microsoft Graph, or was already read: ${link}`,
  );
}
