import { extendConnection, type ScimCredentials } from "../connect/connection.ts";
import type { Ports } from "../ports/ports.ts";
import { tokenWorks } from "../scim/token-works.ts";
import { TOKEN_LIFE_MILLISECONDS } from "./token-life.ts";
import type { Tokens } from "./tokens.ts";
import { giveToEntra } from "./use-token.ts";

type Needs = Pick<Ports, "records" | "secrets" | "scim" | "tokenSupplier" | "provisioning" | "events">;

/**
 * Finds a token to continue with and records it as the next one: a supplied one, one from an unfinished rotation, or, if AWS
 * refuses the current one, the one before it.
 */
export async function findNewToken(
  tokens: Tokens,
  currentWorks: boolean,
  ports: Needs,
): Promise<ScimCredentials | null> {
  const { identityStoreId, current, next, former } = tokens;
  const supplied = await suppliedToken(tokens, ports);
  for (const candidate of [supplied, next, currentWorks ? null : former]) {
    if (candidate === null || !(await tokenWorks(candidate, ports))) continue;
    if (candidate !== next) await extendConnection(ports.records, { identityStoreId, nextScim: candidate });
    return candidate;
  }
  if (next === null) return null;
  ports.events.emit("warning.raised", {
    message: "AWS refuses the token from an earlier rotation; another one is needed",
  });
  // Entra may have been left with it.
  if (currentWorks) await giveToEntra(tokens, current, ports);
  await extendConnection(ports.records, { identityStoreId, nextScim: null });
  return null;
}

/**
 * Null also for a token that is already known, by version or by value: deleting the old one would then delete the new one.
 */
async function suppliedToken(
  { current, next, former }: Tokens,
  { tokenSupplier, secrets }: Needs,
): Promise<ScimCredentials | null> {
  const supplied = await tokenSupplier.supply(current.secret.name);
  if (supplied === null) return null;
  const { secret, suppliedAt } = supplied;
  if ([current, next, former].some((known) => known?.secret.versionId === secret.versionId)) return null;
  if ((await secrets.read(secret)) === (await secrets.read(current.secret))) return null;
  const expiresAt = new Date(Date.parse(suppliedAt) + TOKEN_LIFE_MILLISECONDS).toISOString();
  return { endpoint: current.endpoint, secret, expiresAt };
}
