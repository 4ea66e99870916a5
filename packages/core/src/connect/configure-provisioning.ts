import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { ScimCredentials } from "./connection.ts";

/**
 * Gives Entra the endpoint and the token: tested first, saved after, current in the secret store last.
 * @throws {FlowError} ScimTokenRefused, Unexpected when the application has several jobs
 */
export async function configureProvisioning(
  servicePrincipalId: string,
  scim: ScimCredentials,
  { provisioning, secrets }: Pick<Ports, "provisioning" | "secrets">,
): Promise<{ jobId: string }> {
  const jobs = await provisioning.list(servicePrincipalId);
  if (jobs.length > 1) throw new FlowError("Unexpected", `The application has ${jobs.length} provisioning jobs: ${jobs.join(", ")}`);
  const jobId = jobs[0] ?? (await provisioning.create(servicePrincipalId));
  const connection = { endpoint: scim.endpoint, token: await secrets.read(scim.secret) };
  await provisioning.validateCredentials(servicePrincipalId, jobId, connection);
  await provisioning.saveSecrets(servicePrincipalId, connection);
  await secrets.promote(scim.secret);
  return { jobId };
}
