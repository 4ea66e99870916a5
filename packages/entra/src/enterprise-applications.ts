import {
  type ApplicationAssignment,
  type EnterpriseApplication,
  type EnterpriseApplications,
  isFlowError,
} from "@landbridge/core";
import { createApplication, isVisible } from "./create-application.ts";
import { findApplications, findByIdentifier } from "./find-applications.ts";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";
import { toServicePrincipalState } from "./service-principal-state.ts";
import {
  addSigningCertificate,
  readSigningCertificate,
  removeSigningCertificate,
} from "./signing-certificates.ts";

const { readApplications, writeApplications, writeAssignments } = GRAPH_PERMISSIONS;

export function makeEnterpriseApplications(graph: Graph): EnterpriseApplications {
  function patchApplication(application: EnterpriseApplication, body: object): Promise<void> {
    return graph.write("patch", {
      operation: "Update application",
      permission: writeApplications,
      path: `/applications/${application.applicationObjectId}`,
      body,
    });
  }

  function patchServicePrincipal(application: EnterpriseApplication, body: object): Promise<void> {
    return graph.write("patch", {
      operation: "Update servicePrincipal",
      permission: writeApplications,
      path: `/servicePrincipals/${application.servicePrincipalId}`,
      body,
    });
  }

  return {
    find: (displayName) => findApplications(graph, displayName),
    findByIdentifier: (identifierUri) => findByIdentifier(graph, identifierUri),
    create: (templateId, displayName) => createApplication(graph, templateId, displayName),
    isVisible: (application) => isVisible(graph, application),

    async read({ applicationObjectId, servicePrincipalId }) {
      const application = await graph.get({
        operation: "Get application",
        permission: readApplications,
        path: `/applications/${applicationObjectId}`,
        query: { $select: "identifierUris,web" },
      });
      const servicePrincipal = await graph.get({
        operation: "Get servicePrincipal",
        permission: readApplications,
        path: `/servicePrincipals/${servicePrincipalId}`,
        query: {
          $select:
            "preferredSingleSignOnMode,notificationEmailAddresses,preferredTokenSigningKeyThumbprint,keyCredentials,appRoles",
        },
      });
      return toServicePrincipalState(application, servicePrincipal);
    },

    setSamlMode: (application) => patchServicePrincipal(application, { preferredSingleSignOnMode: "saml" }),
    setSamlUrls: (application, { identifier, replyUrls }) =>
      patchApplication(application, { web: { redirectUris: replyUrls }, identifierUris: [identifier] }),
    setNotificationEmails: (application, addresses) =>
      patchServicePrincipal(application, { notificationEmailAddresses: addresses }),
    addSigningCertificate: (application, options) => addSigningCertificate(graph, application, options),
    activateSigningCertificate: (application, thumbprint) =>
      patchServicePrincipal(application, { preferredTokenSigningKeyThumbprint: thumbprint }),
    readSigningCertificate: (application, thumbprint) =>
      readSigningCertificate(graph, application, thumbprint),
    removeSigningCertificate: (application, thumbprint) =>
      removeSigningCertificate(graph, application, thumbprint),
    listAssignments: (application) => listAssignments(graph, application),

    async assign(application, principalId, roleId) {
      const body = { principalId, resourceId: application.servicePrincipalId, appRoleId: roleId };
      try {
        await graph.write("post", {
          operation: "Grant an appRoleAssignment for a service principal",
          permission: writeAssignments,
          path: `/servicePrincipals/${application.servicePrincipalId}/appRoleAssignedTo`,
          body,
        });
      } catch (error) {
        // Microsoft does not document the refusal of a second assignment: only the list proves that it exists.
        if (!isFlowError(error, "ConflictingOperation")) throw error;
        const assignments = await listAssignments(graph, application);
        if (!assignments.some((assignment) => assignment.principalId === principalId)) throw error;
      }
    },
  };
}

async function listAssignments(
  graph: Graph,
  { servicePrincipalId }: EnterpriseApplication,
): Promise<ApplicationAssignment[]> {
  const items = graph.list({
    operation: "List appRoleAssignments granted for a service principal",
    permission: readApplications,
    path: `/servicePrincipals/${servicePrincipalId}/appRoleAssignedTo`,
  });
  const assignments: ApplicationAssignment[] = [];
  for await (const item of items) {
    assignments.push({
      id: item.text("id"),
      principalId: item.text("principalId"),
      principalName: item.optionalText("principalDisplayName") ?? "",
    });
  }
  return assignments;
}
