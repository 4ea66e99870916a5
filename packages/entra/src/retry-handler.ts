import type { Context, Middleware } from "@microsoft/microsoft-graph-client";
import type { Clock } from "@landbridge/core";

const RETRIES = 3;
const DELAY_SECONDS = 3;
/** A longer `Retry-After` is left to the state machine: waiting inside a function costs its time. */
const LONGEST_WAIT_SECONDS = 30;

/**
 * Repeats requests that Graph throttled (429) or could not do (503, 504), after `Retry-After` or growing pauses. Microsoft's
 * own handler does the same, but waits on the wall clock and adds its own jitter.
 */
export class RetryHandler implements Middleware {
  readonly #clock: Clock;
  #next: Middleware | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  setNext(next: Middleware): void {
    this.#next = next;
  }

  async execute(context: Context): Promise<void> {
    for (let retry = 0; ; retry += 1) {
      await this.#next?.execute(context);
      const pause = pauseSeconds(context, retry);
      if (pause === null) return;
      await this.#clock.sleep(pause * 1000);
    }
  }
}

/** How long to wait before the next attempt; null if there should be none. */
function pauseSeconds({ response, options }: Context, retry: number): number | null {
  if (!response || retry >= RETRIES) return null;
  // After 503 or 504 the work may have been done: a second POST would make a second application, job or key.
  const mayRepeat =
    response.status === 429 ||
    ((response.status === 503 || response.status === 504) && options?.method !== "POST");
  if (!mayRepeat) return null;
  const retryAfter = Number(response.headers.get("Retry-After") ?? 0);
  const pause = retryAfter > 0 ? retryAfter : DELAY_SECONDS * 2 ** retry;
  return pause > LONGEST_WAIT_SECONDS ? null : pause;
}
