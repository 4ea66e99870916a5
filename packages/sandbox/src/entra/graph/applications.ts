import * as z from "zod";
import { badRequest, notFound, notImplemented } from "../errors.ts";
import { type JsonObject, listPage, singleObject } from "../odata.ts";
import type { ProvisioningJobs } from "../provisioning/provisioning-jobs.ts";
import { type Application, type EntraState, isVisible, servicePrincipalOf } from "../state.ts";
import { type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";

const Patch = z.strictObject({
  displayName: z.string().min(1).max(256).optional(),
  identifierUris: z.array(z.url()).optional(),
  web: z.strictObject({ redirectUris: z.array(z.url()).optional() }).optional(),
  notes: z.string().nullable().optional(),
  tags: z.array(z.string()).optional(),
});

export function applicationOperations(state: EntraState, jobs: ProvisioningJobs): Operation[] {
  const filterable = {
    id: (application: Application) => application.id,
    appId: (application: Application) => application.appId,
    displayName: (application: Application) => application.displayName,
    identifierUris: (application: Application) => application.identifierUris,
  };
  return [
    {
      method: "GET",
      path: "/applications",
      needs: NEEDS.readApplications,
      handle: ({ query, url }) => {
        const items = [...state.applications.values()].filter((one) => isVisible(state, one));
        const collection = { context: "applications", filterable, view: applicationView };
        return Response.json(listPage({ items, collection, query, url }));
      },
    },
    {
      method: "GET",
      path: "/applications/{id}",
      needs: NEEDS.readApplications,
      handle: ({ query, param }) => {
        const application = findApplication(state, param("id"));
        return Response.json(singleObject(applicationView(application), query, { context: "applications" }));
      },
    },
    {
      method: "PATCH",
      path: "/applications/{id}",
      needs: NEEDS.writeApplications,
      async handle({ param, body }) {
        const application = findApplication(state, param("id"));
        const { displayName, identifierUris, web, notes, tags } = await body(Patch);
        if (identifierUris) checkIdentifiers(state, application, identifierUris);
        if (displayName !== undefined) application.displayName = displayName;
        if (identifierUris) application.identifierUris = identifierUris;
        if (web?.redirectUris) application.redirectUris = web.redirectUris;
        if (notes !== undefined) application.notes = notes;
        if (tags) application.tags = tags;
        return noContent();
      },
    },
    {
      method: "DELETE",
      path: "/applications/{id}",
      needs: NEEDS.writeApplications,
      handle({ param }) {
        const application = findApplication(state, param("id"));
        if (application.templateId === null)
          throw notImplemented("deleting the app registration that signs in");
        const servicePrincipal = servicePrincipalOf(state, application.appId);
        state.applications.delete(application.id);
        if (servicePrincipal) {
          jobs.deleteAll(servicePrincipal.id);
          state.servicePrincipals.delete(servicePrincipal.id);
          for (const { id, servicePrincipalId } of state.assignments.values()) {
            if (servicePrincipalId === servicePrincipal.id) state.assignments.delete(id);
          }
        }
        return noContent();
      },
    },
  ];
}

export function findApplication(state: EntraState, id: string): Application {
  const application = state.applications.get(id.toLowerCase());
  if (!application || !isVisible(state, application)) throw notFound(id);
  return application;
}

/** Only a SAML application may have a foreign host: single sign-on mode has to be set first. */
function checkIdentifiers(state: EntraState, application: Application, uris: readonly string[]): void {
  const servicePrincipal = servicePrincipalOf(state, application.appId);
  const isSaml =
    servicePrincipal?.preferredSingleSignOnMode === "saml" &&
    servicePrincipal.modeEffectiveAt <= state.kernel.clock.now();
  const foreign = uris.find((uri) => !isSaml && !isOnVerifiedDomain(state, application, uri));
  if (foreign) {
    throw badRequest(
      `identifierUris must be on a verified domain of the organization or below one, which '${foreign}' is not.`,
      "HostNameNotOnVerifiedDomain",
    );
  }
  const others = [...state.applications.values()].filter((one) => one !== application);
  const taken = uris.find((uri) => others.some(({ identifierUris }) => identifierUris.includes(uri)));
  if (taken) {
    throw badRequest(
      `Another object with the same value for property identifierUris already exists: '${taken}'`,
    );
  }
}

function isOnVerifiedDomain({ tenant }: EntraState, { appId }: Application, uri: string): boolean {
  const { protocol, hostname } = new URL(uri);
  if (protocol === "api:" && hostname === appId) return true;
  return tenant.verifiedDomains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
}

export function applicationView(application: Application): JsonObject {
  return {
    id: application.id,
    deletedDateTime: null,
    appId: application.appId,
    applicationTemplateId: application.templateId,
    createdDateTime: application.createdAt,
    displayName: application.displayName,
    identifierUris: application.identifierUris,
    notes: application.notes,
    signInAudience: "AzureADMyOrg",
    tags: application.tags,
    keyCredentials: [],
    passwordCredentials: application.passwordCredentials.map((credential) => ({
      ...credential,
      secretText: null,
    })),
    web: { homePageUrl: null, logoutUrl: null, redirectUris: application.redirectUris },
  };
}
