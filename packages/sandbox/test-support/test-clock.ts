import type { SandboxClock } from "../src/kernel/clock.ts";

interface Sleeper {
  readonly wakeAt: number;
  readonly wake: () => void;
}

/** A clock that moves when told to: sleepers wake in order, and their work finishes before the next one wakes. */
export interface TestClock extends SandboxClock {
  advance(milliseconds: number): Promise<void>;
  /** The number of sleepers. */
  sleeping(): number;
}

export function makeTestClock(start = Date.parse("2026-03-02T08:00:00Z")): TestClock {
  let now = start;
  let sleepers: Sleeper[] = [];
  return {
    now: () => now,
    sleeping: () => sleepers.length,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { wakeAt: now + milliseconds, wake };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", interrupt);
        // A signal that outlives thousands of sleeps must not gather their listeners.
        function wake(): void {
          signal?.removeEventListener("abort", interrupt);
          resolve();
        }
        function interrupt(): void {
          sleepers = sleepers.filter((other) => other !== sleeper);
          wake();
        }
      }),
    async advance(milliseconds) {
      const end = now + milliseconds;
      await settle();
      for (;;) {
        const [next] = sleepers.filter(({ wakeAt }) => wakeAt <= end).sort((a, b) => a.wakeAt - b.wakeAt);
        if (!next) break;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        now = next.wakeAt;
        next.wake();
        await settle();
      }
      now = end;
    },
  };
}

/** Everything in process is promises only: a few turns of the event loop see it through. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
