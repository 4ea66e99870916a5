import type { Clock } from "@landbridge/core";

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** Cancellable timers on the injected clock. At most one sleep is pending, until the earliest of them. */
export class Alarms {
  readonly #clock: Clock;
  readonly #pending = new Set<Alarm>();
  #sleep: { readonly until: number; readonly interrupt: AbortController } | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `ring` when the time has passed, unless the returned function was called before. */
  set(milliseconds: number, ring: () => void): () => void {
    const alarm = { at: this.#clock.now() + Math.max(0, milliseconds), ring };
    this.#pending.add(alarm);
    if (!this.#sleep || alarm.at < this.#sleep.until) this.#arm(alarm.at);
    return () => {
      if (!this.#pending.delete(alarm) || alarm.at !== this.#sleep?.until) return;
      this.#arm(this.#earliest());
    };
  }

  /** @throws the signal's reason when it aborts first */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const cancel = this.set(milliseconds, () => {
        signal.removeEventListener("abort", abort);
        resolve();
      });
      const abort = () => {
        cancel();
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", abort, { once: true });
    });
  }

  /** Infinity when nothing is awaited. */
  #earliest(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const { at } of this.#pending) earliest = Math.min(earliest, at);
    return earliest;
  }

  #arm(until: number): void {
    if (this.#sleep?.until === until) return;
    this.#sleep?.interrupt.abort();
    this.#sleep = null;
    if (until === Number.POSITIVE_INFINITY) return;
    const sleep = { until, interrupt: new AbortController() };
    this.#sleep = sleep;
    void this.#ringAfter(sleep);
  }

  async #ringAfter(sleep: { readonly until: number; readonly interrupt: AbortController }): Promise<void> {
    const milliseconds = Math.ceil(Math.max(0, sleep.until - this.#clock.now()));
    await this.#clock.sleep(milliseconds, sleep.interrupt.signal);
    if (this.#sleep !== sleep) return;
    this.#sleep = null;
    const due = [...this.#pending].filter(({ at }) => at <= this.#clock.now()).sort((a, b) => a.at - b.at);
    for (const alarm of due) {
      // A ring may cancel the ones after it.
      if (this.#pending.delete(alarm)) alarm.ring();
    }
    this.#arm(this.#earliest());
  }
}
