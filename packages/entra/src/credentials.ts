import { type Clock, FlowError } from "@landbridge/core";
import { readClaims } from "./access-token.ts";
import { translateTokenError } from "./translate-token-error.ts";

/** Signs Landbridge's app registration in to Entra. */
export interface Credential {
  /**
   * An access token for Microsoft Graph, good for some minutes at least.
   * @throws {FlowError} ConsentMissing, NotPropagatedYet, ServiceUnavailable, Throttled
   */
  getToken(): Promise<string>;
}

interface CredentialOptions {
  readonly tenantId: string;
  readonly clientId: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

type Proof = Readonly<Record<string, string>>;

const GRAPH_SCOPE = "https://graph.microsoft.com/.default";
const TIMEOUT_MILLISECONDS = 30_000;
/** Tokens live for about an hour; one that is about to expire is not worth a call. */
const MARGIN_MILLISECONDS = 300_000;

/** Signs in with a client secret, which is asked for each access token: it may have been replaced. */
export function makeClientSecretCredential({
  getSecret,
  ...options
}: CredentialOptions & { readonly getSecret: () => Promise<string> }): Credential {
  return keepToken(options, async () => ({ client_secret: await getSecret() }));
}

/**
 * Signs in without a stored secret: `getAssertion` gives a JWT (AWS STS `GetWebIdentityToken`) that a federated
 * credential of the app registration trusts. It is asked once for each access token.
 */
export function makeFederatedCredential({
  getAssertion,
  ...options
}: CredentialOptions & { readonly getAssertion: () => Promise<string> }): Credential {
  return keepToken(options, async () => ({
    client_assertion: await getAssertion(),
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
  }));
}

/** Requests one token at a time, and none while the last one is valid. */
function keepToken(options: CredentialOptions, prove: () => Promise<Proof>): Credential {
  let token = "";
  let staleAt = 0;
  let renewal: Promise<string> | null = null;

  async function renew(): Promise<string> {
    try {
      token = await requestToken(options, await prove());
      const { exp } = readClaims(token);
      staleAt = typeof exp === "number" ? exp * 1000 - MARGIN_MILLISECONDS : 0;
      return token;
    } finally {
      renewal = null;
    }
  }

  return { getToken: async () => (options.clock.now() < staleAt ? token : (renewal ??= renew())) };
}

/** The client credentials grant (Microsoft identity platform: OAuth 2.0 client credentials flow). */
async function requestToken({ tenantId, clientId, fetch }: CredentialOptions, proof: Proof): Promise<string> {
  const app = { tenantId, clientId };
  const form = { grant_type: "client_credentials", client_id: clientId, scope: GRAPH_SCOPE, ...proof };
  const url = `https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`;
  let answer: unknown;
  let status = 0;
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    const body = new URLSearchParams(form).toString();
    const response = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    status = response.status;
    answer = await response.json();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new FlowError("ServiceUnavailable", `No answer from ${url} (status ${status}): ${why}`);
  }
  const { access_token: token, ...refusal } = (answer ?? {}) as Readonly<Record<string, unknown>>;
  if (status === 200 && typeof token === "string") return token;
  throw translateTokenError(status, refusal, app);
}
