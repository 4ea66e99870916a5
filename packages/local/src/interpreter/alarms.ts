import type { Clock } from "@landbridge/core";

/**
 * The clock cannot take back a sleep. Long waits are slept in slices, so that a process whose executions have ended
 * is kept alive for one slice and not for the two weeks of an operator task's timeout.
 */
const LONGEST_SLEEP_MILLISECONDS = 60_000;

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

/** Cancellable timers on the injected clock. */
export class Alarms {
  readonly #clock: Clock;
  readonly #pending = new Set<Alarm>();
  #wakesAt = Number.POSITIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `ring` when the time has passed, unless the returned function was called before. */
  set(milliseconds: number, ring: () => void): () => void {
    const alarm = { at: this.#clock.now() + Math.max(0, milliseconds), ring };
    this.#pending.add(alarm);
    this.#arm();
    return () => {
      this.#pending.delete(alarm);
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

  #arm(): void {
    if (this.#pending.size === 0) return;
    const now = this.#clock.now();
    const earliest = Math.min(...[...this.#pending].map(({ at }) => at));
    const wakesAt = Math.min(earliest, now + LONGEST_SLEEP_MILLISECONDS);
    if (wakesAt >= this.#wakesAt) return;
    this.#wakesAt = wakesAt;
    void this.#wake(wakesAt, Math.ceil(Math.max(0, wakesAt - now)));
  }

  async #wake(wakesAt: number, milliseconds: number): Promise<void> {
    await this.#clock.sleep(milliseconds);
    if (this.#wakesAt === wakesAt) this.#wakesAt = Number.POSITIVE_INFINITY;
    const due = [...this.#pending].filter(({ at }) => at <= this.#clock.now()).sort((a, b) => a.at - b.at);
    for (const alarm of due) {
      // A ring may cancel the ones after it.
      if (this.#pending.delete(alarm)) alarm.ring();
    }
    this.#arm();
  }
}
