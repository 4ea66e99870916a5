import { FlowError, type ScimConnection } from "@landbridge/core";
import type { Graph } from "./graph.ts";
import { GRAPH_PERMISSIONS } from "./permissions.ts";
import { synchronizationPath } from "./synchronization-path.ts";
import { describeRefusal } from "./translate-error.ts";

const permission = GRAPH_PERMISSIONS.writeProvisioning;

/**
 * Has Entra sign in to the SCIM endpoint (synchronizationJob: validateCredentials).
 * @throws {FlowError} ScimTokenRefused with Entra's reason, ServiceUnavailable when Entra cannot reach the endpoint
 */
export function validateCredentials(
  graph: Graph,
  jobPath: string,
  connection: ScimConnection,
): Promise<void> {
  const operation = "validateCredentials";
  return graph.write("post", {
    operation,
    permission,
    path: `${jobPath}/validateCredentials`,
    body: { credentials: credentials(connection) },
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
 * Saves endpoint and token (synchronization secrets). All four keys each time: what becomes of an omitted one is
 * not documented. `SyncAll` false provisions the assigned users and groups only.
 */
export function saveSecrets(
  graph: Graph,
  servicePrincipalId: string,
  connection: ScimConnection,
): Promise<void> {
  return graph.write("put", {
    operation: "Add synchronization secrets",
    permission,
    path: `${synchronizationPath(servicePrincipalId)}/secrets`,
    body: {
      value: [
        ...credentials(connection),
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

function credentials({ endpoint, token }: ScimConnection) {
  return [
    { key: "BaseAddress", value: endpoint },
    { key: "SecretToken", value: token },
  ];
}
