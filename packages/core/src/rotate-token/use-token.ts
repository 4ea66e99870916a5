import { extendConnection, type ScimCredentials } from "../connect/connection.ts";
import { startProvisioning } from "../connect/start-provisioning.ts";
import type { Ports } from "../ports/ports.ts";
import type { Tokens } from "./tokens.ts";

/** Gives Entra a token that AWS accepts; restarts a job that an earlier token brought into quarantine. */
export async function giveToEntra(
  { application: { servicePrincipalId }, jobId }: Tokens,
  { endpoint, secret }: ScimCredentials,
  { provisioning, secrets }: Pick<Ports, "provisioning" | "secrets">,
): Promise<void> {
  await provisioning.saveSecrets(servicePrincipalId, { endpoint, token: await secrets.read(secret) });
  const { code } = await provisioning.readStatus(servicePrincipalId, jobId);
  // A paused job is somebody's decision: it stays paused.
  if (code === "Quarantine") await startProvisioning(servicePrincipalId, jobId, { provisioning });
}

/** Another token becomes the one in use: current in the secret store first, then in the connection record. */
export async function recordInUse(
  { identityStoreId, current }: Tokens,
  token: ScimCredentials,
  { secrets, records }: Pick<Ports, "secrets" | "records">,
): Promise<void> {
  await secrets.promote(token.secret);
  await extendConnection(records, { identityStoreId, scim: token, nextScim: null, formerScim: current });
}
