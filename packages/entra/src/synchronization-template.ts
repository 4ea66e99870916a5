import { type Clock, FlowError } from "@landbridge/core";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";
import { synchronizationPath } from "./synchronization-path.ts";

interface Template {
  readonly id: string;
  readonly isDefault: boolean;
}

/** A new application may offer its templates some seconds later than it is visible. */
const WAIT_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 5_000;

/**
 * Microsoft names no template of the AWS application: the default one, or the only one, is it.
 * @throws {FlowError} ProvisioningTemplateNotOffered
 */
export async function chooseTemplate(
  { graph, clock }: { readonly graph: Graph; readonly clock: Clock },
  servicePrincipalId: string,
): Promise<string> {
  const deadline = clock.now() + WAIT_MILLISECONDS;
  let templates = await listTemplates(graph, servicePrincipalId);
  while (templates.length === 0 && clock.now() < deadline) {
    await clock.sleep(POLL_MILLISECONDS);
    templates = await listTemplates(graph, servicePrincipalId);
  }
  const defaults = templates.filter(({ isDefault }) => isDefault);
  const [only, ...others] = defaults.length > 0 ? defaults : templates;
  if (!only) {
    throw new FlowError(
      "ProvisioningTemplateNotOffered",
      "The enterprise application offers no template for a provisioning job",
    );
  }
  if (others.length > 0) {
    const ids = templates.map(({ id }) => id).join(", ");
    throw new FlowError(
      "ProvisioningTemplateNotOffered",
      `The enterprise application offers several provisioning templates and no single default: ${ids}`,
    );
  }
  return only.id;
}

async function listTemplates(graph: Graph, servicePrincipalId: string): Promise<Template[]> {
  const templates: Template[] = [];
  const items = graph.list({
    operation: "List synchronization templates",
    permission: GRAPH_PERMISSIONS.writeProvisioning,
    path: `${synchronizationPath(servicePrincipalId)}/templates`,
  });
  for await (const item of items) {
    templates.push({ id: item.text("id"), isDefault: item.raw("default") === true });
  }
  return templates;
}
