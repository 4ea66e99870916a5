import {
  AuthenticationHandler,
  Client,
  type Context,
  type Middleware,
  RedirectHandler,
  TelemetryHandler,
} from "@microsoft/microsoft-graph-client";
import type { Clock } from "@landbridge/core";
import type { Credential } from "./credentials.ts";
import { RetryHandler } from "./retry-handler.ts";

export interface GraphClientOptions {
  readonly credential: Credential;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
}

/** Graph itself gives up earlier; this is for a connection that hangs. */
const TIMEOUT_MILLISECONDS = 100_000;

/** Microsoft's client and its middleware, but for our own pauses, ending in the given `fetch`. */
export function makeGraphClient({ credential, fetch, clock }: GraphClientOptions): Client {
  const authProvider = { getAccessToken: () => credential.getToken() };
  return Client.initWithMiddleware({
    middleware: [
      new AuthenticationHandler(authProvider),
      new RetryHandler(clock),
      new RedirectHandler(),
      new TelemetryHandler(),
      new FetchHandler(fetch),
    ],
  });
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
