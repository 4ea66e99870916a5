import type { SandboxClock } from "./clock.ts";

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Promises settle within a turn of the event loop; streams and `setImmediate` take a few more. */
const QUIET_TURNS = 5;

/**
 * Time that jumps to the next sleeper as soon as nothing else is left to do: a year passes as fast as its work can be
 * done. Everything on it must be in this process, or be announced with `during`. Sleepers of the same moment wake in
 * the order in which they lay down.
 * @param start milliseconds since the epoch; 2026-01-01 when absent
 */
export function makeVirtualClock(
  start = Date.parse("2026-01-01T00:00:00Z"),
): SandboxClock & Required<Pick<SandboxClock, "during">> {
  let now = start;
  let busy = 0;
  let quietTurns = 0;
  let isTurning = false;
  const sleepers: Sleeper[] = [];

  function turn(): void {
    quietTurns = 0;
    if (isTurning) return;
    isTurning = true;
    setImmediate(afterTurn);
  }

  function afterTurn(): void {
    if (sleepers.length === 0 || busy > 0) {
      isTurning = false;
      return;
    }
    quietTurns += 1;
    if (quietTurns > QUIET_TURNS) {
      quietTurns = 0;
      const next = sleepers.shift();
      now = Math.max(now, next?.at ?? now);
      next?.wake();
    }
    setImmediate(afterTurn);
  }

  function lieDown(sleeper: Sleeper): void {
    const place = sleepers.findLastIndex(({ at }) => at <= sleeper.at) + 1;
    sleepers.splice(place, 0, sleeper);
    turn();
  }

  return {
    now: () => now,
    sleep(milliseconds, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { at: now + Math.ceil(Math.max(0, milliseconds)), wake };
        signal?.addEventListener("abort", interrupt);
        lieDown(sleeper);
        function wake(): void {
          signal?.removeEventListener("abort", interrupt);
          resolve();
        }
        function interrupt(): void {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          wake();
        }
      });
    },
    async during(work) {
      busy += 1;
      try {
        return await work;
      } finally {
        busy -= 1;
        turn();
      }
    },
  };
}
