import type { Clock } from "@landbridge/core";

export interface VirtualClock extends Clock {
  /** Every sleep that was asked for, in milliseconds. */
  readonly sleeps: readonly number[];
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time that jumps to the next sleeper as soon as nothing else is left to do. Starts at 2026-01-01. */
export function makeVirtualClock(): VirtualClock {
  let now = Date.parse("2026-01-01T00:00:00Z");
  let isJumpDue = false;
  const sleepers: Sleeper[] = [];
  const sleeps: number[] = [];

  function scheduleJump(): void {
    if (isJumpDue || sleepers.length === 0) return;
    isJumpDue = true;
    // Two turns of the event loop: handlers with their own I/O come first.
    setImmediate(() => setImmediate(jump));
  }

  function jump(): void {
    isJumpDue = false;
    sleepers.sort((a, b) => a.at - b.at);
    const next = sleepers.shift();
    if (!next) return;
    now = Math.max(now, next.at);
    next.wake();
    scheduleJump();
  }

  return {
    sleeps,
    now: () => now,
    sleep(milliseconds, signal) {
      sleeps.push(milliseconds);
      return new Promise((wake) => {
        if (signal?.aborted) return wake();
        const sleeper = { at: now + milliseconds, wake };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", () => {
          const index = sleepers.indexOf(sleeper);
          if (index >= 0) sleepers.splice(index, 1);
          wake();
        });
        scheduleJump();
      });
    },
  };
}
