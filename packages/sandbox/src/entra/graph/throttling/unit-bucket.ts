import type { SandboxClock } from "../../../kernel/clock.ts";

/** A quota of `capacity` units in `windowMilliseconds`, as a token bucket: it fills evenly, up to the capacity. */
export class UnitBucket {
  readonly capacity: number;
  readonly #clock: SandboxClock;
  readonly #unitsPerMillisecond: number;
  #used = 0;
  #at: number;

  constructor(clock: SandboxClock, capacity: number, windowMilliseconds: number) {
    this.#clock = clock;
    this.capacity = capacity;
    this.#unitsPerMillisecond = capacity / windowMilliseconds;
    this.#at = clock.now();
  }

  /** Units that are used and not yet returned. */
  used(): number {
    const now = this.#clock.now();
    this.#used = Math.max(0, this.#used - Math.max(0, now - this.#at) * this.#unitsPerMillisecond);
    this.#at = now;
    return this.#used;
  }

  /** Whole seconds until `units` are available; 0 if they are. */
  secondsUntil(units: number): number {
    const missing = this.used() + units - this.capacity;
    return missing <= 0 ? 0 : Math.max(1, Math.ceil(missing / this.#unitsPerMillisecond / 1000));
  }

  take(units: number): void {
    this.#used = this.used() + units;
  }
}
