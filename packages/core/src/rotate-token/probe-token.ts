import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { tokenWorks } from "../scim/token-works.ts";
import { readTokens } from "./tokens.ts";

/**
 * The last check of the new token before Entra gets it. Returns its secret version, which identifies it in later steps.
 * @throws {FlowError} ScimTokenRefused
 */
export async function probeToken(
  ports: Pick<Ports, "records" | "secrets" | "scim">,
): Promise<{ versionId: string }> {
  const { next } = await readTokens(ports);
  if (next === null) throw new FlowError("ScimTokenRefused", "The new token is no longer stored");
  if (await tokenWorks(next, ports)) return { versionId: next.secret.versionId };
  throw new FlowError(
    "ScimTokenRefused",
    "AWS no longer accepts the new token: it was deleted in the meantime. Entra still has the previous one",
  );
}
