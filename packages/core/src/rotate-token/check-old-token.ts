import { extendConnection } from "../connect/connection.ts";
import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { tokenWorks } from "../scim/token-works.ts";
import { readTokens } from "./tokens.ts";

/**
 * Checks that AWS refuses the former token and accepts the one in use; then removes the former one from the record.
 * @throws {FlowError} TokenInUseDeleted
 */
export async function checkOldToken(
  ports: Pick<Ports, "records" | "secrets" | "scim">,
): Promise<{ deleted: boolean; expiresAt: string }> {
  const { identityStoreId, current, former } = await readTokens(ports);
  const { expiresAt } = current;
  if (!(await tokenWorks(current, ports))) {
    throw new FlowError(
      "TokenInUseDeleted",
      `AWS refuses the token that Entra uses, the one that expires on ${expiresAt.slice(0, 10)}: it was deleted instead of the old one`,
    );
  }
  if (former === null) return { deleted: true, expiresAt };
  if (await tokenWorks(former, ports)) return { deleted: false, expiresAt };
  await extendConnection(ports.records, { identityStoreId, formerScim: null });
  return { deleted: true, expiresAt };
}
