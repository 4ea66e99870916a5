import { type KeyObject, createPublicKey } from "node:crypto";
import * as z from "zod";
import type { Kernel } from "../../kernel/kernel.ts";
import { invalidRequest } from "./login-refusal.ts";

const Configuration = z.object({ jwks_uri: z.url({ protocol: /^https$/ }) });
const KeySet = z.object({ keys: z.array(z.looseObject({ kid: z.string().optional(), kty: z.string() })) });

/**
 * The issuer's RSA key with that id, by OpenID Connect Discovery 1.0; null if it has none.
 * @throws {LoginRefusal} AADSTS50166 when the issuer does not answer as such
 */
export async function fetchIssuerKey(
  kernel: Kernel,
  issuer: string,
  keyId: string,
): Promise<KeyObject | null> {
  const configuration = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const { jwks_uri } = await fetchDocument(kernel, configuration, Configuration);
  const { keys } = await fetchDocument(kernel, jwks_uri, KeySet);
  const key = keys.find(({ kid, kty }) => kid === keyId && kty === "RSA");
  return key ? createPublicKey({ key, format: "jwk" }) : null;
}

async function fetchDocument<T>(kernel: Kernel, url: string, schema: z.ZodType<T>): Promise<T> {
  let text: string;
  try {
    const response = await kernel.network(new Request(url));
    text = response.ok ? await response.text() : "";
  } catch (error) {
    // Like fetch, the network rejects with a TypeError; nothing else is expected of it.
    if (!(error instanceof TypeError)) throw error;
    throw unreachable();
  }
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw unreachable();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unreachable() {
  return invalidRequest(50166, "Request to External OIDC endpoint failed.");
}
