import type { ScimCredentials } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import { tokenWorks } from "../scim/token-works.ts";
import { readTokens, type Tokens } from "./tokens.ts";
import { giveToEntra, recordInUse } from "./use-token.ts";

type Needs = Pick<Ports, "records" | "secrets" | "scim" | "provisioning" | "events">;

/**
 * After a failure: gives Entra the token recorded as in use, if AWS still accepts it, or else another one that AWS accepts. A
 * working new token is kept for the next attempt.
 * @param versionId secret version of the new token
 * @returns a sentence that says which token Entra has now
 */
export async function restorePreviousToken(versionId: string, ports: Needs): Promise<{ restored: string }> {
  const tokens = await readTokens(ports);
  const token = await firstThatWorks(tokens, ports);
  if (token !== null) {
    await giveToEntra(tokens, token, ports);
    if (token === tokens.current) await ports.secrets.promote(token.secret);
    else await recordInUse(tokens, token, ports);
  }
  const restored = describe(token, versionId);
  ports.events.emit("warning.raised", { message: restored });
  return { restored };
}

async function firstThatWorks(
  { current, former, next }: Tokens,
  ports: Needs,
): Promise<ScimCredentials | null> {
  for (const token of [current, former, next]) if (token && (await tokenWorks(token, ports))) return token;
  return null;
}

function describe(token: ScimCredentials | null, versionId: string): string {
  if (token === null)
    return "AWS accepts none of the known tokens: nobody is provisioned until somebody generates a new one";
  const until = `which expires on ${token.expiresAt.slice(0, 10)}`;
  if (token.secret.versionId === versionId) return `Entra keeps the new token, ${until}`;
  return `Entra has the previous token again, ${until}`;
}
