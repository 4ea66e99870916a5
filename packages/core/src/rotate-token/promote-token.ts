import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { readTokens } from "./tokens.ts";
import { recordInUse } from "./use-token.ts";

/** The new token is the one in use: AWSCURRENT in the secret store, and its expiry in the connection record. */
export async function promoteToken(
  versionId: string,
  ports: Pick<Ports, "records" | "secrets" | "events">,
): Promise<{ expiresAt: string }> {
  const tokens = await readTokens(ports);
  const { current, next } = tokens;
  // The step was repeated after its answer was lost.
  if (current.secret.versionId === versionId) return { expiresAt: current.expiresAt };
  if (next?.secret.versionId !== versionId)
    throw new FlowError("ConflictingOperation", "The new token is not the one that Entra was given");
  await recordInUse(tokens, next, ports);
  ports.events.emit("scim-token.promoted", { expiresAt: next.expiresAt });
  return { expiresAt: next.expiresAt };
}
