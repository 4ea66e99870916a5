import type { EnterpriseApplication } from "@landbridge/core";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

/** Instantiates a template (applicationTemplate: instantiate); replicas show both objects some seconds later. */
export async function createApplication(
  graph: Graph,
  templateId: string,
  displayName: string,
): Promise<EnterpriseApplication> {
  const answer = await graph.post({
    operation: "Instantiate applicationTemplate",
    permission: GRAPH_PERMISSIONS.writeApplications,
    path: `/applicationTemplates/${encodeURIComponent(templateId)}/instantiate`,
    body: { displayName },
  });
  const application = answer.child("application");
  return {
    applicationObjectId: application.text("id"),
    appId: application.text("appId"),
    servicePrincipalId: answer.child("servicePrincipal").text("id"),
    displayName,
    templateId,
  };
}

export async function isVisible(graph: Graph, created: EnterpriseApplication): Promise<boolean> {
  const permission = GRAPH_PERMISSIONS.readApplications;
  const query = { $select: "id" };
  const application = await graph.find({
    operation: "Get application",
    permission,
    path: `/applications/${created.applicationObjectId}`,
    query,
  });
  if (application === null) return false;
  const servicePrincipal = await graph.find({
    operation: "Get servicePrincipal",
    permission,
    path: `/servicePrincipals/${created.servicePrincipalId}`,
    query,
  });
  return servicePrincipal !== null;
}
