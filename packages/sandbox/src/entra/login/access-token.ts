import { createHmac, timingSafeEqual } from "node:crypto";
import type { EntraState } from "../state.ts";

/** Microsoft's own client treats a token of this age as expired by the wall clock. */
export const TOKEN_SECONDS = 3599;

/** The app registration that Landbridge signs in with. */
export interface Registration {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Key of the sandbox's tokens. */
  readonly tokenKey: string;
  /** Application permissions with admin consent; a token carries those of the time it was issued. */
  granted: readonly string[];
}

/** A JWT in shape and claims; only this sandbox can check its signature. */
export function issueAccessToken({ kernel }: EntraState, registration: Registration): string {
  const issuedAt = Math.floor(kernel.clock.now() / 1000);
  const claims = {
    aud: "https://graph.microsoft.com",
    iss: `https://sts.windows.net/${registration.tenantId}/`,
    iat: issuedAt,
    nbf: issuedAt,
    exp: issuedAt + TOKEN_SECONDS,
    appid: registration.clientId,
    idtyp: "app",
    roles: registration.granted,
    tid: registration.tenantId,
    uti: kernel.random.hex(22),
  };
  const signed = [{ typ: "JWT", alg: "HS256" }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  return `${signed}.${signatureOf(signed, registration)}`;
}

/**
 * The `roles` of a token of this sandbox, or null for any other. Age is not checked: the client renews by the wall
 * clock, which the sandbox's outruns.
 */
export function rolesOf(token: string, registration: Registration): string[] | null {
  const [header, payload, signature, ...rest] = token.split(".");
  if (!header || !payload || !signature || rest.length > 0) return null;
  const expected = Buffer.from(signatureOf(`${header}.${payload}`, registration));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { roles: string[] };
  return claims.roles;
}

function signatureOf(signed: string, { tokenKey }: Registration): string {
  return createHmac("sha256", tokenKey).update(signed).digest("base64url");
}
