import type { Clock } from "../src/ports/clock.ts";

/** A clock for tests that moves only when somebody sleeps, and then at once. */
export class VirtualClock implements Clock {
  #now = Date.UTC(2026, 10, 3, 8);

  now(): number {
    return this.#now;
  }

  async sleep(milliseconds: number): Promise<void> {
    const wakeAt = this.#now + milliseconds;
    await Promise.resolve();
    this.#now = Math.max(this.#now, wakeAt);
  }
}
