import type { ProvisioningFailure } from "@landbridge/core";
import type { GraphObject } from "./answer.ts";
import { type Graph, equals } from "./graph.ts";
import type { Pacer } from "./pacer.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

const PAGE_SIZE = "999";

/**
 * Objects whose last entry in the provisioning log is a failure. Entries without a source object (objects that Entra found
 * only in AWS) are left out: nothing in the directory corresponds to them.
 */
export async function listFailures(graph: Graph, jobId: string, pace: Pacer): Promise<ProvisioningFailure[]> {
  const latest = new Map<string, GraphObject>();
  const entries = graph.list({
    operation: "List provisioningObjectSummary",
    permission: GRAPH_PERMISSIONS.readProvisioningLog,
    path: "/auditLogs/provisioning",
    query: { $filter: equals("jobId", jobId), $top: PAGE_SIZE },
    pace,
  });
  for await (const entry of entries) {
    const objectId = entry.optionalChild("sourceIdentity")?.optionalText("id");
    if (!objectId) continue;
    const known = latest.get(objectId);
    if (!known || time(entry) > time(known)) latest.set(objectId, entry);
  }
  return [...latest.values()].flatMap(toFailure);
}

function time(entry: GraphObject): number {
  return Date.parse(entry.text("activityDateTime"));
}

function toFailure(entry: GraphObject): ProvisioningFailure[] {
  const info = entry.child("provisioningStatusInfo");
  if (info.optionalText("status") !== "failure") return [];
  const source = entry.child("sourceIdentity");
  const error = info.optionalChild("errorInformation");
  return [
    {
      objectId: source.text("id"),
      displayName: source.optionalText("displayName") ?? source.text("id"),
      kind: /group/i.test(source.optionalText("identityType") ?? "") ? "Group" : "User",
      code: error?.optionalText("errorCode") ?? "Unknown",
      reason:
        error?.optionalText("reason") ??
        error?.optionalText("additionalDetails") ??
        "Entra's provisioning log gives no reason.",
    },
  ];
}
