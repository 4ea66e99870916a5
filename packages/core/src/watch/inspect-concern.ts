import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { checkAccessDrift } from "./check-access-drift.ts";
import { checkChangeNotifications } from "./check-change-notifications.ts";
import { checkConnection } from "./check-connection.ts";
import { checkDirtyBacklog } from "./check-dirty-backlog.ts";
import { checkGraphCredential } from "./check-graph-credential.ts";
import { checkLastSync } from "./check-last-sync.ts";
import { checkOperatorTasks } from "./check-operator-tasks.ts";
import { checkProvisioningFailures } from "./check-provisioning-failures.ts";
import { checkProvisioningJob } from "./check-provisioning-job.ts";
import { checkProvisioningScope } from "./check-provisioning-scope.ts";
import { checkScimEndpoint, checkScimToken } from "./check-scim-token.ts";
import { checkSigningCertificate } from "./check-signing-certificate.ts";
import type { Concern } from "./concern.ts";
import { keepConcernReport } from "./concern-reports.ts";
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
  | "organization"
  | "identityCenter"
  | "identityStore"
> & { readonly settings: Settings };

const CHECKS: Readonly<Record<Concern, (ports: Needs) => Promise<Inspection>>> = {
  connection: checkConnection,
  "scim-token": checkScimToken,
  "scim-endpoint": checkScimEndpoint,
  "signing-certificate": checkSigningCertificate,
  "graph-credential": checkGraphCredential,
  "change-notifications": checkChangeNotifications,
  "provisioning-job": checkProvisioningJob,
  "provisioning-failures": checkProvisioningFailures,
  "provisioning-scope": checkProvisioningScope,
  "access-drift": checkAccessDrift,
  "last-sync": checkLastSync,
  "dirty-backlog": checkDirtyBacklog,
  "operator-tasks": checkOperatorTasks,
};

/** Looks at one concern and keeps what it found. @throws {FlowError} when it cannot be looked at: the flow then says so */
export async function inspectConcern(concern: Concern, ports: Needs): Promise<{ concern: Concern }> {
  const inspection = await CHECKS[concern](ports);
  const checkedAt = new Date(ports.clock.now()).toISOString();
  await keepConcernReport({ concern, checkedAt, ...inspection }, ports);
  return { concern };
}
