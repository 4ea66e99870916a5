import { FlowError, parseScimEndpoint, type ScimConnection } from "@landbridge/core";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";
import { synchronizationPath } from "./synchronization-path.ts";
import { describeRefusal } from "./translate-error.ts";

const permission = GRAPH_PERMISSIONS.writeProvisioning;

/** Graph, and the region of the Identity Center instance. */
interface CheckedGraph {
  readonly graph: Graph;
  readonly region: string;
}

/**
 * Has Entra sign in to the SCIM endpoint (synchronizationJob: validateCredentials).
 * @throws {FlowError} ScimTokenRefused with Entra's reason, ServiceUnavailable when Entra cannot reach the endpoint; for an
 *   endpoint that is not AWS's in this region ScimEndpointRefused, ScimEndpointOfAnotherRegion
 */
export async function validateCredentials(
  { graph, region }: CheckedGraph,
  jobPath: string,
  connection: ScimConnection,
): Promise<void> {
  const operation = "validateCredentials";
  return graph.write("post", {
    operation,
    permission,
    path: `${jobPath}/validateCredentials`,
    body: { credentials: credentials(connection, region) },
    secret: connection.token,
    explain(error) {
      const said = describeRefusal(error, operation);
      const everything = `${error.code} ${error.message} ${String(error.body)}`;
      if (/CredentialValidationUnavailable/i.test(everything))
        return new FlowError("ServiceUnavailable", said);
      // Microsoft documents no status for a refused token: its code decides, and any 400 means it too.
      const refused =
        error.statusCode === 400 || /CredentialValidationFailure|InvalidCredentials/i.test(everything);
      return refused ? new FlowError("ScimTokenRefused", said) : null;
    },
  });
}

/**
 * Saves endpoint and token (synchronization secrets). It writes all four keys each time, since what happens to an omitted one
 * is not documented. `SyncAll` false provisions only the assigned users and groups.
 * @throws {FlowError} ScimEndpointRefused, ScimEndpointOfAnotherRegion for an endpoint that is not AWS's in this region
 */
export async function saveSecrets(
  { graph, region }: CheckedGraph,
  servicePrincipalId: string,
  connection: ScimConnection,
): Promise<void> {
  return graph.write("put", {
    operation: "Add synchronization secrets",
    permission,
    path: `${synchronizationPath(servicePrincipalId)}/secrets`,
    body: {
      value: [
        ...credentials(connection, region),
        {
          key: "SyncNotificationSettings",
          value: JSON.stringify({ Enabled: false, DeleteThresholdEnabled: false }),
        },
        { key: "SyncAll", value: "false" },
      ],
    },
    secret: connection.token,
  });
}

/**
 * Entra sends the token wherever it is told to: only AWS's address is passed on.
 * @throws {FlowError} ScimEndpointRefused, ScimEndpointOfAnotherRegion
 */
function credentials({ endpoint, token }: ScimConnection, region: string) {
  return [
    { key: "BaseAddress", value: parseScimEndpoint(endpoint, { region }) },
    { key: "SecretToken", value: token },
  ];
}
