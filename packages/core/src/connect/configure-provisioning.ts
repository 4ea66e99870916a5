import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import { extendConnection, type ScimCredentials } from "./connection.ts";

export interface ProvisioningTarget {
  readonly identityStoreId: string;
  readonly application: EnterpriseApplication;
  readonly scim: ScimCredentials;
}

/**
 * Gives Entra the endpoint and the token: tests first, then saves, then makes the token current in the secret store. From
 * here on the connection record names the provisioning job, so that sync-access can use it.
 * @throws {FlowError} ScimTokenRefused, Unexpected when the application has several jobs
 */
export async function configureProvisioning(
  { identityStoreId, application, scim }: ProvisioningTarget,
  { provisioning, secrets, records }: Pick<Ports, "provisioning" | "secrets" | "records">,
): Promise<{ jobId: string }> {
  const { servicePrincipalId } = application;
  const jobs = await provisioning.list(servicePrincipalId);
  if (jobs.length > 1)
    throw new FlowError(
      "Unexpected",
      `The application has ${jobs.length} provisioning jobs: ${jobs.join(", ")}`,
    );
  const jobId = jobs[0] ?? (await provisioning.create(servicePrincipalId));
  const connection = { endpoint: scim.endpoint, token: await secrets.read(scim.secret) };
  await provisioning.validateCredentials(servicePrincipalId, jobId, connection);
  await provisioning.saveSecrets(servicePrincipalId, connection);
  await secrets.promote(scim.secret);
  await extendConnection(records, { identityStoreId, application, jobId });
  return { jobId };
}
