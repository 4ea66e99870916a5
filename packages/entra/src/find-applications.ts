import { type EnterpriseApplication, FlowError } from "@landbridge/core";
import type { GraphObject } from "./answer.ts";
import { type Graph, equals } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

const permission = GRAPH_PERMISSIONS.readApplications;

/**
 * Applications of exactly that name together with their service principals.
 * @throws {FlowError} NotPropagatedYet when one made from a template has no service principal: a second
 * instantiation, tempting then, would make a second application.
 */
export async function findApplications(graph: Graph, displayName: string): Promise<EnterpriseApplication[]> {
  const found = await listApplications(graph, equals("displayName", displayName));
  // Graph's `eq` ignores case.
  const named = found.filter((item) => item.text("displayName") === displayName);
  const applications = await Promise.all(named.map((item) => withServicePrincipal(graph, item)));
  return applications.filter((application) => application !== null);
}

/** The one application that has the identifier URI. @throws {FlowError} as {@link findApplications} */
export async function findByIdentifier(
  graph: Graph,
  identifierUri: string,
): Promise<EnterpriseApplication | null> {
  const [item] = await listApplications(graph, `identifierUris/any(uri:${equals("uri", identifierUri)})`);
  return item ? withServicePrincipal(graph, item) : null;
}

async function listApplications(graph: Graph, $filter: string): Promise<GraphObject[]> {
  const items = graph.list({
    operation: "List applications",
    permission,
    path: "/applications",
    query: { $filter, $select: "id,appId,displayName,applicationTemplateId" },
  });
  const applications: GraphObject[] = [];
  for await (const item of items) applications.push(item);
  return applications;
}

/** Null for an app registration that is no enterprise application. */
async function withServicePrincipal(graph: Graph, item: GraphObject): Promise<EnterpriseApplication | null> {
  const appId = item.text("appId");
  const templateId = item.optionalText("applicationTemplateId");
  const answer = await graph.get({
    operation: "List servicePrincipals",
    permission,
    path: "/servicePrincipals",
    query: { $filter: equals("appId", appId), $select: "id,appId" },
  });
  const servicePrincipalId = answer.list("value")[0]?.text("id");
  if (servicePrincipalId !== undefined) {
    const displayName = item.text("displayName");
    return { applicationObjectId: item.text("id"), appId, servicePrincipalId, displayName, templateId };
  }
  if (templateId === null) return null;
  throw new FlowError("NotPropagatedYet", `Application ${appId} has no service principal yet`);
}
