import { listPage, type JsonObject } from "../odata.ts";
import { CUSTOM_TEMPLATE } from "../provisioning/synchronization-schema.ts";
import { type EntraState, type ServicePrincipal, applicationOf } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";
import { SYNCHRONIZATION } from "./synchronization-path.ts";

const AWS_TEMPLATE = "21ed01d2-ec13-4e9e-86c1-cd546719ebc4";

export function synchronizationTemplateOperations(state: EntraState): Operation[] {
  return [
    {
      method: "GET",
      needs: NEEDS.readSynchronization,
      path: `${SYNCHRONIZATION}/templates`,
      handle: ({ query, url, param }) => {
        const items = [synchronizationTemplate(state, findServicePrincipal(state, param("id")))];
        const collection = { context: "synchronizationTemplates", filterable: {}, view: asIs };
        return Response.json(listPage({ items, collection, query, url }));
      },
    },
  ];
}

/** Neither id is Microsoft's: those of the real templates are not published. Read them, as from Entra. */
export function synchronizationTemplate(
  state: EntraState,
  { appId }: ServicePrincipal,
): JsonObject & { readonly id: string } {
  const isAws = applicationOf(state, appId)?.templateId === AWS_TEMPLATE;
  return {
    id: isAws ? "awsidentitycenter" : CUSTOM_TEMPLATE,
    applicationId: appId,
    default: true,
    description: null,
    discoverable: true,
    factoryTag: isAws ? "awsidentitycenter" : "CustomSCIM",
    metadata: [],
    schema: null,
  };
}

function asIs(object: JsonObject): JsonObject {
  return object;
}
