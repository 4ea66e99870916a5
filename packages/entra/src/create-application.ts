import { type Clock, type EnterpriseApplication, FlowError } from "@landbridge/core";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";

/** Microsoft's tutorial asks for a GET every 5 to 10 seconds. */
const POLL_MILLISECONDS = 5_000;
const PATIENCE_MILLISECONDS = 120_000;

/**
 * Instantiates a template (applicationTemplate: instantiate) and waits until both objects can be read.
 * @throws {FlowError} NotPropagatedYet after two minutes: the application is there and the next run finds it
 */
export async function createApplication(
  { graph, clock }: { graph: Graph; clock: Clock },
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
  const created: EnterpriseApplication = {
    applicationObjectId: application.text("id"),
    appId: application.text("appId"),
    servicePrincipalId: answer.child("servicePrincipal").text("id"),
    displayName,
    templateId,
  };
  const deadline = clock.now() + PATIENCE_MILLISECONDS;
  while (!(await isVisible(graph, created))) {
    if (clock.now() >= deadline) {
      throw new FlowError(
        "NotPropagatedYet",
        `Application ${created.appId} was created and cannot be read after two minutes`,
      );
    }
    await clock.sleep(POLL_MILLISECONDS);
  }
  return created;
}

async function isVisible(graph: Graph, created: EnterpriseApplication): Promise<boolean> {
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
