import type { Clock } from "@landbridge/core";

/** Lets a caller through when its turn comes. */
export type RateLimiter = () => Promise<void>;

/** The limiter of an operation (`ListAccounts`); none: no quota worth guarding. */
export type LimiterOf = (operation: string) => RateLimiter | undefined;

/**
 * At most that many in any one second, in the order of asking. Counting a sliding second rather than filling a bucket keeps
 * within AWS's quota whether AWS counts by bucket or by the second.
 */
export function makeRateLimiter(clock: Clock, requestsPerSecond: number): RateLimiter {
  const passed: number[] = [];
  let queue: Promise<void> = Promise.resolve();

  async function pass(): Promise<void> {
    const oldest = passed.length < requestsPerSecond ? undefined : passed.shift();
    if (oldest !== undefined) {
      const wait = oldest + 1000 - clock.now();
      if (wait > 0) await clock.sleep(wait);
    }
    passed.push(clock.now());
  }

  return () => {
    const turn = queue.then(pass);
    // A sleep that fails fails its own caller, not everybody behind it.
    queue = turn.catch(() => undefined);
    return turn;
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
