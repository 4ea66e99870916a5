import type { ScimCredentials } from "../connect/connection.ts";
import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { readTokens, type Tokens } from "./tokens.ts";
import { giveToEntra } from "./use-token.ts";

/**
 * Entra has the new token: Entra itself tests it before it is saved.
 * @returns ISO time from which on cycles use it
 * @throws {FlowError} ScimTokenRefused by Entra's test
 */
export async function installToken(
  versionId: string,
  ports: Pick<Ports, "records" | "secrets" | "provisioning" | "clock">,
): Promise<{ installedAt: string }> {
  const tokens = await readTokens(ports);
  const next = nextOf(tokens, versionId);
  const { application, jobId } = tokens;
  const connection = { endpoint: next.endpoint, token: await ports.secrets.read(next.secret) };
  await ports.provisioning.validateCredentials(application.servicePrincipalId, jobId, connection);
  await giveToEntra(tokens, next, ports);
  return { installedAt: new Date(ports.clock.now()).toISOString() };
}

function nextOf({ next }: Tokens, versionId: string): ScimCredentials {
  if (next?.secret.versionId === versionId) return next;
  throw new FlowError("ConflictingOperation", "The new token has changed since this rotation began");
}
