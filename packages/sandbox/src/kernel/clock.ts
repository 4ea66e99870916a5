import { setTimeout } from "node:timers/promises";

/** The sandbox's time: latencies, cycles and expiry all read it. */
export interface SandboxClock {
  /** Whole milliseconds since the epoch. */
  now(): number;
  /** Ends at once when the signal aborts; it never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Keeps a clock that jumps from jumping before the work, which waits for something other than the clock, is done. */
  during?<T>(work: Promise<T>): Promise<T>;
}

/** The longest delay of a Node timer; it fires at once when given more. */
const LONGEST_TIMER_MILLISECONDS = 2 ** 31 - 1;

/** The wall clock, `speed` times faster: ten seconds of latency cost one second at speed 10. */
export function makeScaledClock(speed: number): SandboxClock {
  const start = Date.now();
  return {
    now: () => Math.round(start + (Date.now() - start) * speed),
    async sleep(milliseconds, signal) {
      let left = milliseconds / speed;
      while (left > 0) {
        if (signal?.aborted) return;
        const timer = Math.min(left, LONGEST_TIMER_MILLISECONDS);
        await setTimeout(timer, undefined, signal && { signal }).catch((error: unknown) => {
          if (!signal?.aborted) throw error;
        });
        left -= timer;
      }
    },
  };
}
