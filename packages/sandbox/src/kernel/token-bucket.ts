import type { SandboxClock } from "./clock.ts";

/**
 * A request quota: `ratePerSecond` in the long run, `burst` at once. Reads the sandbox's clock, so it needs
 * no timer.
 */
export class TokenBucket {
  readonly #clock: SandboxClock;
  readonly #ratePerSecond: number;
  readonly #burst: number;
  #tokens: number;
  #filledAt: number;

  constructor(clock: SandboxClock, ratePerSecond: number, burst = ratePerSecond) {
    this.#clock = clock;
    this.#ratePerSecond = ratePerSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#filledAt = clock.now();
  }

  /** Takes `count` tokens; if fewer are left, takes none and returns false. */
  take(count = 1): boolean {
    const now = this.#clock.now();
    const gained = (Math.max(0, now - this.#filledAt) / 1000) * this.#ratePerSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + gained);
    this.#filledAt = now;
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }
}
