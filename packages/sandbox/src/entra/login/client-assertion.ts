import { verify } from "node:crypto";
import * as z from "zod";
import { type EntraState, type FederatedIdentityCredential, applicationOf, isoNow } from "../state.ts";
import { fetchIssuerKey } from "./issuer-keys.ts";
import { invalidClient, invalidRequest } from "./login-refusal.ts";

const Header = z.object({ alg: z.string(), kid: z.string().default("") });
const Claims = z.object({
  iss: z.string(),
  sub: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
});
type Claims = z.infer<typeof Claims>;

/** Clocks may differ by that much. */
const SKEW_SECONDS = 300;
const DOCUMENTATION = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

/**
 * Proves that the assertion is a token that the application trusts: issuer, subject and audience exactly as in one of its
 * federated identity credentials, RS256, a key of the issuer, in its time ("Workload identity federation").
 * @throws {LoginRefusal} with the number of the AADSTS code
 */
export async function verifyClientAssertion(
  state: EntraState,
  clientId: string,
  assertion: string,
): Promise<void> {
  const [header = "", payload = "", signature = "", ...rest] = assertion.split(".");
  const parsedHeader = Header.safeParse(decode(header));
  const parsedClaims = Claims.safeParse(decode(payload));
  if (!parsedHeader.success || !parsedClaims.success || signature === "" || rest.length > 0) {
    throw invalidClient(50027, "JWT token is invalid or malformed.");
  }
  const { alg, kid } = parsedHeader.data;
  const claims = parsedClaims.data;
  if (alg !== "RS256") {
    const known = "Supported signing algorithms are: 'RS256'";
    throw invalidRequest(
      5002738,
      `Invalid JWT token. '${shown(alg)}' is not a supported signature algorithm. ${known}`,
    );
  }
  const credentials = applicationOf(state, clientId)?.federatedIdentityCredentials ?? [];
  const now = state.kernel.clock.now();
  if (!credentials.some((credential) => credential.effectiveAt <= now && fits(credential, claims))) {
    throw noMatch(claims);
  }
  const key = await fetchIssuerKey(state.kernel, claims.iss, kid);
  const signed = Buffer.from(`${header}.${payload}`);
  if (!key || !verify("sha256", signed, key, Buffer.from(signature, "base64url"))) {
    const why = "The signing key identifier does not match any valid registered keys.";
    throw invalidClient(5000811, `Unable to verify token signature. ${why}`);
  }
  checkTime(state, claims);
}

/** No wildcards, no other case. */
function fits(
  { issuer, subject, audiences }: FederatedIdentityCredential,
  { iss, sub, aud }: Claims,
): boolean {
  return iss === issuer && sub === subject && audiences.some((wanted) => [aud].flat().includes(wanted));
}

function noMatch({ iss, sub, aud }: Claims) {
  const presented = `Assertion Issuer: '${shown(iss)}'. Assertion Subject: '${shown(sub)}'. Assertion Audience: '${shown([aud].flat().join(" "))}'.`;
  const message = `No matching federated identity record found for presented assertion. ${presented} ${DOCUMENTATION}`;
  return invalidRequest(70021, message);
}

function checkTime(state: EntraState, { exp, nbf, iat }: Claims): void {
  const now = state.kernel.clock.now() / 1000;
  const from = nbf ?? iat ?? exp;
  if (now < exp + SKEW_SECONDS && now >= from - SKEW_SECONDS) return;
  const valid = `assertion valid from ${isoTime(from)}, expiry time of assertion ${isoTime(exp)}`;
  throw invalidClient(
    700024,
    `Client assertion is not within its valid time range. Current time: ${isoNow(state)}, ${valid}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials .`,
  );
}

function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString());
  } catch {
    return null;
  }
}

/** Claims are the caller's text. */
function shown(claim: string): string {
  return claim.slice(0, 600).replaceAll(/[^\x20-\x7e]/g, "?");
}
