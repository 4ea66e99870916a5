import * as z from "zod";
import { notFound } from "../errors.ts";
import { type JsonObject, listPage, singleObject } from "../odata.ts";
import { type Application, type EntraState, type ServicePrincipal, isoNow } from "../state.ts";
import { APPLICATION_TEMPLATES, type ApplicationTemplate } from "./application-template-gallery.ts";
import { applicationView } from "./applications.ts";
import type { Operation } from "./operation.ts";
import { NEEDS } from "./permissions.ts";
import { servicePrincipalView } from "./service-principals.ts";

const Instantiation = z.strictObject({
  displayName: z.string().min(1).max(120),
  serviceManagementReference: z.string().nullish(),
});

export function applicationTemplateOperations(state: EntraState): Operation[] {
  const filterable = {
    id: (template: ApplicationTemplate) => template.id,
    displayName: (template: ApplicationTemplate) => template.displayName,
  };
  return [
    {
      method: "GET",
      path: "/applicationTemplates",
      needs: NEEDS.nothing,
      handle: ({ query, url }) => {
        const collection = { context: "applicationTemplates", filterable, view: templateView };
        return Response.json(listPage({ items: APPLICATION_TEMPLATES, collection, query, url }));
      },
    },
    {
      method: "GET",
      path: "/applicationTemplates/{id}",
      needs: NEEDS.nothing,
      handle: ({ query, param }) => {
        const template = findTemplate(param("id"));
        return Response.json(
          singleObject(templateView(template), query, { context: "applicationTemplates" }),
        );
      },
    },
    {
      method: "POST",
      path: "/applicationTemplates/{id}/instantiate",
      needs: NEEDS.writeApplications,
      async handle({ param, body }) {
        const { displayName } = await body(Instantiation);
        const { application, servicePrincipal } = instantiate(state, findTemplate(param("id")), displayName);
        const answer = {
          application: applicationView(application),
          servicePrincipal: servicePrincipalView(state, servicePrincipal),
        };
        return Response.json(answer, { status: 201 });
      },
    },
  ];
}

function templateView(template: ApplicationTemplate): JsonObject {
  return { ...template };
}

function findTemplate(id: string): ApplicationTemplate {
  const template = APPLICATION_TEMPLATES.find((one) => one.id === id.toLowerCase());
  if (!template) throw notFound(id);
  return template;
}

function instantiate(state: EntraState, template: ApplicationTemplate, displayName: string) {
  const { random, clock } = state.kernel;
  const shared = {
    appId: random.uuid(),
    displayName,
    notes: null,
    tags: ["WindowsAzureActiveDirectoryIntegratedApp"],
  };
  // Replicas take a while: Microsoft asks to read every 5 to 10 seconds until the object is there.
  const visibleAt = () => clock.now() + 3000 + random.next() * 9000;
  const application: Application = {
    ...shared,
    id: random.uuid(),
    templateId: template.id,
    createdAt: isoNow(state),
    visibleAt: visibleAt(),
    identifierUris: [],
    redirectUris: [],
    federatedIdentityCredentials: [],
    passwordCredentials: [],
  };
  const servicePrincipal: ServicePrincipal = {
    ...shared,
    id: random.uuid(),
    visibleAt: visibleAt(),
    appRoles: ["User", "msiam_access"].map((role) => ({
      id: random.uuid(),
      displayName: role,
      isEnabled: true,
    })),
    accountEnabled: true,
    appRoleAssignmentRequired: true,
    preferredSingleSignOnMode: null,
    modeEffectiveAt: 0,
    preferredTokenSigningKeyThumbprint: null,
    notificationEmailAddresses: [],
    loginUrl: null,
    certificates: [],
    claimsMappingPolicyIds: [],
    secrets: new Map(),
  };
  state.applications.set(application.id, application);
  state.servicePrincipals.set(servicePrincipal.id, servicePrincipal);
  return { application, servicePrincipal };
}
