import type { Clock } from "@landbridge/core";
import { readRetryAfterSeconds } from "./retry-after.ts";

interface RetryToken {
  getRetryCount(): number;
  getRetryDelay(): number;
}

interface Failure {
  readonly errorType: "TRANSIENT" | "THROTTLING" | "SERVER_ERROR" | "CLIENT_ERROR";
  readonly error?: unknown;
}

const FIRST_DELAY_SECONDS = { THROTTLING: 1, TRANSIENT: 0.2, SERVER_ERROR: 0.2 };

/**
 * Repeats throttled and failed calls with growing pauses on the clock. The SDK's own strategy sleeps on the wall clock, and
 * its retry quota, which all calls of a client share, fails calls at their first throttle once it is spent. No jitter:
 * the rate limiter spreads what wakes at the same time.
 */
export function makeRetryStrategy(clock: Clock, maxAttempts: number) {
  return {
    acquireInitialRetryToken: async (): Promise<RetryToken> => makeToken(0),
    async refreshRetryTokenForRetry(token: RetryToken, { errorType, error }: Failure): Promise<RetryToken> {
      const retries = token.getRetryCount() + 1;
      if (errorType === "CLIENT_ERROR" || retries >= maxAttempts) throw new Error("No further attempt");
      const pauseSeconds = FIRST_DELAY_SECONDS[errorType] * 2 ** (retries - 1);
      await clock.sleep(Math.max(pauseSeconds, readRetryAfterSeconds(error) ?? 0) * 1000);
      return makeToken(retries);
    },
    recordSuccess(): void {},
  };
}

/** A delay of none: the pause is over as soon as the token is given. */
function makeToken(retries: number): RetryToken {
  return { getRetryCount: () => retries, getRetryDelay: () => 0 };
}
