import type { Clock } from "@landbridge/core";

export interface RateLimiter {
  /** Resolves when the caller's turn comes, in the order of asking. */
  turn(): Promise<void>;
  /** AWS throttled a call: somebody else uses the quota too. */
  slowDown(): void;
}

/** The limiter of an operation (`ListAccounts`); none: no quota worth guarding. */
export type LimiterOf = (operation: string) => RateLimiter | undefined;

const SECOND = 1000;

/**
 * At most this many in any one second. Counting a sliding second, rather than filling a bucket, stays within AWS's quota
 * however AWS counts. A throttle halves the rate, once per second however many calls were throttled in it; each second
 * without one raises it by one request a second.
 */
export function makeRateLimiter(clock: Clock, requestsPerSecond: number): RateLimiter {
  const passed: number[] = [];
  let queue: Promise<void> = Promise.resolve();
  let slowed = { rate: requestsPerSecond, at: Number.NEGATIVE_INFINITY };

  function rate(): number {
    const recovered = Math.floor((clock.now() - slowed.at) / SECOND);
    return Math.min(requestsPerSecond, slowed.rate + recovered);
  }

  async function pass(): Promise<void> {
    for (;;) {
      // Computed again after each wait: a throttle may have come meanwhile.
      const wait = (passed.at(-rate()) ?? Number.NEGATIVE_INFINITY) + SECOND - clock.now();
      if (wait <= 0) break;
      await clock.sleep(wait);
    }
    passed.push(clock.now());
    if (passed.length > requestsPerSecond) passed.shift();
  }

  return {
    turn() {
      const turn = queue.then(pass);
      // A sleep that fails fails its own caller, not everybody behind it.
      queue = turn.catch(() => undefined);
      return turn;
    },
    slowDown() {
      if (clock.now() - slowed.at < SECOND) return;
      slowed = { rate: Math.max(1, Math.floor(rate() / 2)), at: clock.now() };
    },
  };
}

/** One quota that all operations of a service share. */
export function sharedLimiter(clock: Clock, requestsPerSecond: number): LimiterOf {
  const limiter = makeRateLimiter(clock, requestsPerSecond);
  return () => limiter;
}

/** A quota for each operation, in requests a second. */
export function limiterPerOperation(clock: Clock, rates: Readonly<Record<string, number>>): LimiterOf {
  const limiters = new Map(
    Object.entries(rates).map(([operation, rate]) => [operation, makeRateLimiter(clock, rate)]),
  );
  return (operation) => limiters.get(operation);
}
