import { FlowError, type ServicePrincipalState } from "@landbridge/core";
import type { GraphObject } from "./answer.ts";
import { toCertificates } from "./signing-certificates.ts";

/** The role id in an application without roles (appRoleAssignment resource page). */
const NO_ROLE = "00000000-0000-0000-0000-000000000000";

/** Puts together what the application and its service principal say. @throws {FlowError} IncompleteRead */
export function toServicePrincipalState(
  application: GraphObject,
  servicePrincipal: GraphObject,
): ServicePrincipalState {
  return {
    singleSignOnMode: servicePrincipal.optionalText("preferredSingleSignOnMode"),
    identifierUris: application.texts("identifierUris"),
    replyUrls: application.child("web").texts("redirectUris"),
    notificationEmailAddresses: servicePrincipal.texts("notificationEmailAddresses"),
    activeThumbprint:
      servicePrincipal.optionalText("preferredTokenSigningKeyThumbprint")?.toUpperCase() ?? null,
    certificates: toCertificates(servicePrincipal.list("keyCredentials")),
    userRoleId: userRoleId(servicePrincipal),
  };
}

function userRoleId(servicePrincipal: GraphObject): string {
  const roles = servicePrincipal.list("appRoles");
  if (roles.length === 0) return NO_ROLE;
  const forUsers = roles.filter(
    (role) => role.flag("isEnabled") && role.texts("allowedMemberTypes").includes("User"),
  );
  // The gallery declares msiam_access for its own use: it is neither changed nor assigned.
  const role =
    forUsers.find((one) => nameOf(one) === "User") ?? forUsers.find((one) => nameOf(one) !== "msiam_access");
  if (role) return role.text("id");
  throw new FlowError(
    "Unexpected",
    "The enterprise application has no enabled app role for users. Enable its role User in the app registration",
  );
}

function nameOf(role: GraphObject): string | null {
  return role.optionalText("displayName");
}
