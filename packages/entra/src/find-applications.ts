import { type EnterpriseApplication, FlowError } from "@landbridge/core";
import { type Graph, equals } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

const permission = GRAPH_PERMISSIONS.readApplications;

/**
 * Applications of exactly that name together with their service principals.
 * @throws {FlowError} NotPropagatedYet when one made from a template has no service principal: a second
 * instantiation, tempting then, would make a second application.
 */
export async function findApplications(graph: Graph, displayName: string): Promise<EnterpriseApplication[]> {
  const items = graph.list({
    operation: "List applications",
    permission,
    path: "/applications",
    query: {
      $filter: equals("displayName", displayName),
      $select: "id,appId,displayName,applicationTemplateId",
    },
  });
  const applications: EnterpriseApplication[] = [];
  for await (const item of items) {
    // Graph's `eq` ignores case.
    if (item.text("displayName") !== displayName) continue;
    const appId = item.text("appId");
    const templateId = item.optionalText("applicationTemplateId");
    const servicePrincipalId = await findServicePrincipal(graph, appId);
    if (servicePrincipalId !== null) {
      const applicationObjectId = item.text("id");
      applications.push({ applicationObjectId, appId, servicePrincipalId, displayName, templateId });
    } else if (templateId !== null) {
      throw new FlowError("NotPropagatedYet", `Application ${appId} has no service principal yet`);
    }
  }
  return applications;
}

async function findServicePrincipal(graph: Graph, appId: string): Promise<string | null> {
  const answer = await graph.get({
    operation: "List servicePrincipals",
    permission,
    path: "/servicePrincipals",
    query: { $filter: equals("appId", appId), $select: "id,appId" },
  });
  return answer.list("value")[0]?.text("id") ?? null;
}
