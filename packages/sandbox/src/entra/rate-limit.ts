import type { SandboxClock } from "../kernel/clock.ts";

/** At most `most` requests in any `windowMilliseconds`. */
export interface RateLimit {
  /** Null when the request may pass, otherwise the whole seconds to wait. A refused request does not count. */
  take(): number | null;
}

export function makeRateLimit(clock: SandboxClock, most: number, windowMilliseconds: number): RateLimit {
  let passed: number[] = [];
  return {
    take() {
      const now = clock.now();
      passed = passed.filter((at) => at > now - windowMilliseconds);
      const [oldest] = passed;
      if (oldest !== undefined && passed.length >= most) {
        return Math.max(1, Math.ceil((oldest + windowMilliseconds - now) / 1000));
      }
      passed.push(now);
      return null;
    },
  };
}
