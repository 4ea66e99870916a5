import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { checkChangeNotifications } from "./check-change-notifications.ts";
import { checkConnection } from "./check-connection.ts";
import { checkDirtyBacklog } from "./check-dirty-backlog.ts";
import { checkGraphCredential } from "./check-graph-credential.ts";
import { checkOperatorTasks } from "./check-operator-tasks.ts";
import { checkProvisioningFailures } from "./check-provisioning-failures.ts";
import { checkProvisioningJob } from "./check-provisioning-job.ts";
import { checkScimEndpoint, checkScimToken } from "./check-scim-token.ts";
import { checkSigningCertificate } from "./check-signing-certificate.ts";
import type { ConnectionConcern } from "../model/concern.ts";
import { keepInspection } from "./concern-reports.ts";
import type { Inspection } from "./inspection.ts";

type Needs = Pick<
  Ports,
  | "records"
  | "objects"
  | "clock"
  | "executions"
  | "secrets"
  | "scim"
  | "graphSignIn"
  | "directory"
  | "applications"
  | "provisioning"
  | "identityCenter"
> & { readonly settings: Pick<Settings, "webhookUrl"> };

const CHECKS: Readonly<Record<ConnectionConcern, (ports: Needs) => Promise<Inspection>>> = {
  connection: checkConnection,
  "scim-token": checkScimToken,
  "scim-endpoint": checkScimEndpoint,
  "signing-certificate": checkSigningCertificate,
  "graph-credential": checkGraphCredential,
  "change-notifications": checkChangeNotifications,
  "provisioning-job": checkProvisioningJob,
  "provisioning-failures": checkProvisioningFailures,
  "dirty-backlog": checkDirtyBacklog,
  "operator-tasks": checkOperatorTasks,
};

/**
 * Inspects one thing that keeps Entra and AWS connected, and stores the result.
 * @throws {FlowError} when it cannot be looked at: the flow then says so
 */
export async function inspectConnection(
  concern: ConnectionConcern,
  ports: Needs,
): Promise<{ concern: ConnectionConcern }> {
  await keepInspection(concern, await CHECKS[concern](ports), ports);
  return { concern };
}
