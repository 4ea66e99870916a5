import type { ScimCredentials } from "../connect/connection.ts";
import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** Whether AWS accepts the token now; other failures are thrown. @throws {FlowError} Throttled, ServiceUnavailable */
export async function tokenWorks(
  { endpoint, secret }: ScimCredentials,
  { secrets, scim }: Pick<Ports, "secrets" | "scim">,
): Promise<boolean> {
  const token = await secrets.read(secret);
  try {
    await scim.probe({ endpoint, token });
    return true;
  } catch (error) {
    if (isFlowError(error, "ScimTokenRefused")) return false;
    throw error;
  }
}
