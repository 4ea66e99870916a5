import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  RedirectHandler,
  RetryHandler,
  RetryHandlerOptions,
  TelemetryHandler,
} from "@microsoft/microsoft-graph-client";
import { TokenCredentialAuthenticationProvider } from "@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js";
import type { TokenCredential } from "@azure/identity";

export const GRAPH_SCOPE = "https://graph.microsoft.com/.default";

/** Graph itself gives up earlier; this is for a connection that hangs. */
const TIMEOUT_MILLISECONDS = 100_000;
const RETRY_DELAY_SECONDS = 3;
const RETRIES = 3;
/** A longer `Retry-After` is left to the state machine: waiting inside a function costs its time. */
const LONGEST_WAIT_SECONDS = 30;

/** Microsoft's client with its own middleware, ending in the given `fetch`. */
export function makeGraphClient(credential: TokenCredential, fetch: typeof globalThis.fetch): Client {
  const authProvider = new TokenCredentialAuthenticationProvider(credential, { scopes: [GRAPH_SCOPE] });
  return Client.initWithMiddleware({
    middleware: [
      new AuthenticationHandler(authProvider),
      new RetryHandler(new RetryHandlerOptions(RETRY_DELAY_SECONDS, RETRIES, mayRetry)),
      new RedirectHandler(),
      new TelemetryHandler(),
      new FetchHandler(fetch),
    ],
  });
}

function mayRetry(
  _delay: number,
  _attempt: number,
  _request: unknown,
  options: Context["options"],
  response: Response,
): boolean {
  const retryAfter = Number(response.headers.get("Retry-After") ?? 0);
  if (retryAfter > LONGEST_WAIT_SECONDS) return false;
  // After 503 or 504 the work may have been done: a second POST would make a second application, job or key.
  return response.status === 429 || options?.method !== "POST";
}

/** The end of the chain: sends. */
class FetchHandler implements Middleware {
  readonly #fetch: typeof globalThis.fetch;

  constructor(fetch: typeof globalThis.fetch) {
    this.#fetch = fetch;
  }

  async execute(context: Context): Promise<void> {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    context.response = await this.#fetch(context.request, { ...(context.options as RequestInit), signal });
  }
}
