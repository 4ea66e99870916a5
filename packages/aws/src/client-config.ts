import type { SSOAdminClientConfig } from "@aws-sdk/client-sso-admin";
import type { Clock } from "@landbridge/core";
import { makeRetryStrategy } from "./retry-strategy.ts";

/** Carries the requests of every client; the SDK's own HTTP handler when absent. */
export type RequestHandler = NonNullable<SSOAdminClientConfig["requestHandler"]>;

/** The credentials for AWS; a function is called again when its result has expired. */
export type Credentials = NonNullable<SSOAdminClientConfig["credentials"]>;

export interface ClientOptions {
  readonly region: string;
  readonly clock: Clock;
  /** Absent: those that the SDK finds, in the environment of the process, a profile or a role. */
  readonly credentials?: Credentials;
  /** Address of every service; absent: each service's own, unless the SDK finds another in the environment or a profile. */
  readonly endpoint?: string;
  /** Address of S3, where it is not `endpoint`. */
  readonly s3Endpoint?: string;
  readonly requestHandler?: RequestHandler;
}

/** By default the SDK's handler waits forever, and warns rather than throws. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true };

const MAX_ATTEMPTS = 5;

/** What all clients share. */
export function makeClientConfig({ region, clock, credentials, endpoint, requestHandler }: ClientOptions) {
  return {
    region,
    ...(credentials && { credentials }),
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: MAX_ATTEMPTS,
    retryStrategy: makeRetryStrategy(clock, MAX_ATTEMPTS),
    requestHandler: requestHandler ?? TIMEOUTS,
  };
}

/** A server with its own address, such as the sandbox, has no subdomain per bucket: the path names the bucket. */
export function makeS3Config(options: ClientOptions) {
  const { s3Endpoint: endpoint = options.endpoint } = options;
  const config = makeClientConfig(options);
  return endpoint === undefined ? config : { ...config, endpoint, forcePathStyle: true };
}
