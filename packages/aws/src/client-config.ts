import type { SSOAdminClientConfig } from "@aws-sdk/client-sso-admin";
import type { Clock } from "@landbridge/core";
import { makeRetryStrategy } from "./retry-strategy.ts";

/** Carries the requests of every client; the SDK's own HTTP handler when absent. */
export type RequestHandler = NonNullable<SSOAdminClientConfig["requestHandler"]>;

export interface ClientOptions {
  readonly region: string;
  readonly clock: Clock;
  readonly requestHandler?: RequestHandler;
}

/** The SDK's handler waits for ever unless told otherwise, and warns rather than throws. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

const MAX_ATTEMPTS = 5;

/** What all clients share. Endpoints are the SDK's business: it reads `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`. */
export function makeClientConfig({ region, clock, requestHandler }: ClientOptions) {
  return {
    region,
    maxAttempts: MAX_ATTEMPTS,
    retryStrategy: makeRetryStrategy(clock, MAX_ATTEMPTS),
    requestHandler: requestHandler ?? TIMEOUTS,
  };
}
