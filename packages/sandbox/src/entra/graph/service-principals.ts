import * as z from "zod";
import { badRequest, notImplemented } from "../errors.ts";
import { type JsonObject, listPage, singleObject } from "../odata.ts";
import { type EntraState, type ServicePrincipal, applicationOf, isVisible } from "../state.ts";
import { findServicePrincipal } from "./find-service-principal.ts";
import { type Operation, noContent } from "./operation.ts";
import { NEEDS } from "./permissions.ts";
import { keyCredentials, passwordCredentials } from "./signing-certificates.ts";

const Patch = z.strictObject({
  displayName: z.string().min(1).max(256).optional(),
  accountEnabled: z.boolean().optional(),
  appRoleAssignmentRequired: z.boolean().optional(),
  preferredSingleSignOnMode: z.enum(["password", "saml", "notSupported", "oidc"]).nullable().optional(),
  preferredTokenSigningKeyThumbprint: z.string().nullable().optional(),
  notificationEmailAddresses: z.array(z.email()).max(5).optional(),
  loginUrl: z.url().nullable().optional(),
  notes: z.string().nullable().optional(),
  tags: z.array(z.string()).optional(),
  /** Only to keep some of the existing keys; setting new ones is not imitated. */
  keyCredentials: z.array(z.object({ keyId: z.string() })).optional(),
});

export function servicePrincipalOperations(state: EntraState): Operation[] {
  const filterable = {
    id: (servicePrincipal: ServicePrincipal) => servicePrincipal.id,
    appId: (servicePrincipal: ServicePrincipal) => servicePrincipal.appId,
    displayName: (servicePrincipal: ServicePrincipal) => servicePrincipal.displayName,
  };
  return [
    {
      method: "GET",
      path: "/servicePrincipals",
      needs: NEEDS.readApplications,
      handle: ({ query, url }) => {
        const items = [...state.servicePrincipals.values()].filter((one) => isVisible(state, one));
        const view = (one: ServicePrincipal) => servicePrincipalView(state, one);
        const collection = { context: "servicePrincipals", filterable, view };
        return Response.json(listPage({ items, collection, query, url }));
      },
    },
    {
      method: "GET",
      path: "/servicePrincipals/{id}",
      needs: NEEDS.readApplications,
      handle: ({ query, param }) => {
        const servicePrincipal = findServicePrincipal(state, param("id"));
        // Public keys are returned for one object, and only if selected ("keyCredential resource type").
        const showKeys = query.select?.includes("keyCredentials") ?? false;
        const view = {
          ...servicePrincipalView(state, servicePrincipal),
          keyCredentials: keyCredentials(servicePrincipal, showKeys),
        };
        return Response.json(singleObject(view, query, { context: "servicePrincipals" }));
      },
    },
    {
      method: "PATCH",
      path: "/servicePrincipals/{id}",
      needs: NEEDS.writeApplications,
      async handle({ param, body }) {
        const servicePrincipal = findServicePrincipal(state, param("id"));
        const { keyCredentials: keys, ...changes } = await body(Patch);
        const thumbprint = changes.preferredTokenSigningKeyThumbprint?.toUpperCase();
        if (thumbprint !== undefined) checkThumbprint(servicePrincipal, thumbprint);
        if (keys) keepKeys(servicePrincipal, keys);
        const mode = changes.preferredSingleSignOnMode;
        if (mode !== undefined && mode !== servicePrincipal.preferredSingleSignOnMode) {
          servicePrincipal.modeEffectiveAt = modeEffectiveAt(state);
        }
        Object.assign(servicePrincipal, changes);
        if (thumbprint !== undefined) servicePrincipal.preferredTokenSigningKeyThumbprint = thumbprint;
        return noContent();
      },
    },
    {
      method: "DELETE",
      path: "/servicePrincipals/{id}",
      needs: NEEDS.writeApplications,
      handle({ param }) {
        const { appId } = findServicePrincipal(state, param("id"));
        if (applicationOf(state, appId)?.templateId === null) {
          throw notImplemented("deleting the service principal of the app registration that signs in");
        }
        throw badRequest(
          "Property appId is invalid. Delete the application instead.",
          "DeletingSamlSpNotAllowed",
        );
      },
    },
  ];
}

/** At once, or after a few seconds: reported of Entra (hashicorp/terraform-provider-azuread #1392), not documented. */
function modeEffectiveAt({ kernel }: EntraState): number {
  return kernel.clock.now() + Math.max(0, kernel.random.next() * 8000 - 4000);
}

function checkThumbprint({ certificates }: ServicePrincipal, thumbprint: string): void {
  if (certificates.some(({ certificate }) => certificate.thumbprint === thumbprint)) return;
  throw badRequest(`No token signing certificate has the thumbprint '${thumbprint}'.`);
}

function keepKeys(servicePrincipal: ServicePrincipal, keys: readonly { readonly keyId: string }[]): void {
  const kept = new Set(keys.map(({ keyId }) => keyId));
  const known = servicePrincipal.certificates.flatMap(({ signKeyId, verifyKeyId }) => [
    signKeyId,
    verifyKeyId,
  ]);
  const foreign = [...kept].find((keyId) => !known.includes(keyId));
  if (foreign)
    throw badRequest(`The sandbox takes no certificates of others: keyId '${foreign}' is not known.`);
  servicePrincipal.certificates = servicePrincipal.certificates.filter(({ verifyKeyId }) =>
    kept.has(verifyKeyId),
  );
}

export function servicePrincipalView(state: EntraState, servicePrincipal: ServicePrincipal): JsonObject {
  const application = applicationOf(state, servicePrincipal.appId);
  return {
    id: servicePrincipal.id,
    deletedDateTime: null,
    accountEnabled: servicePrincipal.accountEnabled,
    appDisplayName: application?.displayName ?? servicePrincipal.displayName,
    appId: servicePrincipal.appId,
    applicationTemplateId: application?.templateId ?? null,
    appOwnerOrganizationId: state.tenant.id,
    appRoleAssignmentRequired: servicePrincipal.appRoleAssignmentRequired,
    appRoles: servicePrincipal.appRoles.map(({ id, displayName, isEnabled }) => ({
      allowedMemberTypes: ["User"],
      description: displayName,
      displayName,
      id,
      isEnabled,
      origin: "Application",
      value: null,
    })),
    displayName: servicePrincipal.displayName,
    keyCredentials: keyCredentials(servicePrincipal, false),
    loginUrl: servicePrincipal.loginUrl,
    notes: servicePrincipal.notes,
    notificationEmailAddresses: servicePrincipal.notificationEmailAddresses,
    passwordCredentials: passwordCredentials(servicePrincipal),
    preferredSingleSignOnMode: servicePrincipal.preferredSingleSignOnMode,
    preferredTokenSigningKeyThumbprint: servicePrincipal.preferredTokenSigningKeyThumbprint,
    replyUrls: application?.redirectUris ?? [],
    servicePrincipalNames: [servicePrincipal.appId, ...(application?.identifierUris ?? [])],
    servicePrincipalType: "Application",
    signInAudience: "AzureADMyOrg",
    tags: servicePrincipal.tags,
  };
}
