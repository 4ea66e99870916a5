import type { Clock } from "@landbridge/core";

/** Lets a caller through when its turn comes. */
export type Pacer = () => Promise<void>;

/** At most `requests` in any `periodMilliseconds`, first come, first served; the time is the clock's. */
export function makePacer(clock: Clock, requests: number, periodMilliseconds: number): Pacer {
  const passed: number[] = [];
  let queue: Promise<void> = Promise.resolve();

  async function pass(): Promise<void> {
    const oldest = passed.length < requests ? undefined : passed.shift();
    if (oldest !== undefined) {
      const wait = oldest + periodMilliseconds - clock.now();
      if (wait > 0) await clock.sleep(wait);
    }
    passed.push(clock.now());
  }

  return () => {
    const turn = queue.then(pass);
    // A sleep that fails fails its own caller, not everybody behind it.
    queue = turn.catch(() => undefined);
    return turn;
  };
}
