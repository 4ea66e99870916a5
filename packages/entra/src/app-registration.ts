import { FlowError } from "@landbridge/core";
import { equals, type Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS, type GraphPermission, WATCH_GROUPS } from "./permissions.ts";

/** Application id of Microsoft Graph in every tenant. */
export const GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";
/**
 * The audience that Entra expects in the assertions of a federated credential (federatedIdentityCredential resource type).
 */
export const FEDERATION_AUDIENCE = "api://AzureADTokenExchange";
const FEDERATED_CREDENTIAL_NAME = "landbridge-aws";

export interface AppRegistrationWish {
  readonly displayName: string;
  /** The identity that AWS asserts; null: sign-in is by client secret, which a person creates. */
  readonly federation: { readonly issuer: string; readonly subject: string } | null;
}

export interface RegisteredApp {
  readonly appId: string;
  /** What was missing and has been added, for people. */
  readonly done: readonly string[];
}

/** An administrator's permissions for all of it: Application Administrator cannot consent, Privileged Role Administrator can. */
const ADMINISTRATOR: GraphPermission = {
  anyOf: ["Application.ReadWrite.All", "AppRoleAssignment.ReadWrite.All"],
  reason: "register Landbridge's application and consent to its permissions",
};

/** The narrowest Microsoft Graph application permissions that meet every need of Landbridge, the webhook's too. */
export function leastPermissions(): string[] {
  const needs: GraphPermission[] = [...Object.values(GRAPH_PERMISSIONS), WATCH_GROUPS];
  return [...new Set(needs.map(({ anyOf: [least] }) => least))].toSorted((a, b) => a.localeCompare(b));
}

/**
 * Landbridge's own app registration, with service principal, consented permissions and federated credential: existing parts
 * stay, missing ones are added. Signs in as an administrator of the tenant.
 * @throws {FlowError} ApplicationAmbiguous, ConsentMissing when the administrator may not
 */
export async function ensureAppRegistration(graph: Graph, wish: AppRegistrationWish): Promise<RegisteredApp> {
  const done: string[] = [];
  const application = await ensureApplication(graph, wish.displayName, done);
  const servicePrincipalId = await ensureServicePrincipal(graph, application.appId, done);
  await ensureConsent(graph, servicePrincipalId, done);
  if (wish.federation) await ensureFederatedCredential(graph, application.id, wish.federation, done);
  return { appId: application.appId, done };
}

async function ensureApplication(graph: Graph, displayName: string, done: string[]) {
  const found = (
    await listAll(graph, "List applications", "/applications", equals("displayName", displayName))
  )
    // Graph's `eq` ignores case.
    .filter((item) => item.text("displayName") === displayName);
  if (found.length > 1) {
    throw new FlowError(
      "ApplicationAmbiguous",
      `The tenant has ${found.length} applications "${displayName}"`,
    );
  }
  const [only] = found;
  if (only) return { id: only.text("id"), appId: only.text("appId") };
  const made = await graph.post({
    operation: "Create application",
    permission: ADMINISTRATOR,
    path: "/applications",
    body: { displayName, signInAudience: "AzureADMyOrg" },
  });
  done.push(`app registration ${displayName}`);
  return { id: made.text("id"), appId: made.text("appId") };
}

async function ensureServicePrincipal(graph: Graph, appId: string, done: string[]): Promise<string> {
  const [found] = await listAll(
    graph,
    "List servicePrincipals",
    "/servicePrincipals",
    equals("appId", appId),
  );
  if (found) return found.text("id");
  const made = await graph.post({
    operation: "Create servicePrincipal",
    permission: ADMINISTRATOR,
    path: "/servicePrincipals",
    body: { appId },
  });
  done.push("service principal");
  return made.text("id");
}

/** Assigning an application permission is consenting to it (Graph: Grant an appRoleAssignment to a service principal). */
async function ensureConsent(graph: Graph, principalId: string, done: string[]): Promise<void> {
  const [graphItself] = await listAll(
    graph,
    "List servicePrincipals",
    "/servicePrincipals",
    equals("appId", GRAPH_APP_ID),
  );
  if (!graphItself)
    throw new FlowError("IncompleteRead", "The tenant shows no service principal of Microsoft Graph");
  const resourceId = graphItself.text("id");
  const path = `/servicePrincipals/${resourceId}/appRoleAssignedTo`;
  const granted = (await listAll(graph, "List appRoleAssignedTo", path))
    .filter((item) => item.text("principalId") === principalId)
    .map((item) => item.text("appRoleId"));
  const roles = graphItself.list("appRoles");
  for (const name of leastPermissions()) {
    const appRoleId = roles.find((role) => role.optionalText("value") === name)?.text("id");
    if (appRoleId === undefined)
      throw new FlowError("IncompleteRead", `Microsoft Graph offers no permission ${name}`);
    if (granted.includes(appRoleId)) continue;
    await graph.write("post", {
      operation: "Grant an appRoleAssignment",
      permission: ADMINISTRATOR,
      path,
      body: { principalId, resourceId, appRoleId },
    });
    done.push(`permission ${name}, with admin consent`);
  }
}

async function ensureFederatedCredential(
  graph: Graph,
  applicationId: string,
  { issuer, subject }: { readonly issuer: string; readonly subject: string },
  done: string[],
): Promise<void> {
  const path = `/applications/${applicationId}/federatedIdentityCredentials`;
  const credentials = await listAll(graph, "List federatedIdentityCredentials", path);
  // Both match exactly, case and all.
  if (credentials.some((item) => item.text("issuer") === issuer && item.text("subject") === subject)) return;
  const names = credentials.map((item) => item.text("name"));
  const name = names.includes(FEDERATED_CREDENTIAL_NAME)
    ? `${FEDERATED_CREDENTIAL_NAME}-${names.length + 1}`
    : FEDERATED_CREDENTIAL_NAME;
  await graph.post({
    operation: "Create federatedIdentityCredential",
    permission: ADMINISTRATOR,
    path,
    body: { name, issuer, subject, audiences: [FEDERATION_AUDIENCE] },
  });
  done.push(`federated credential for ${subject}`);
}

async function listAll(graph: Graph, operation: string, path: string, $filter?: string) {
  const query = $filter === undefined ? {} : { $filter };
  const items = [];
  for await (const item of graph.list({ operation, permission: ADMINISTRATOR, path, query }))
    items.push(item);
  return items;
}
