/** Changes of one minute are drained together. */
const WINDOW_MILLISECONDS = 60_000;
/** Clocks differ, and a mark is written a moment before its drain is started. */
const SETTLE_MILLISECONDS = 5_000;

export interface DrainStart {
  /** Name of the execution: every start for the same window is the same execution (StartExecution). */
  readonly name: string;
  readonly input: { readonly claimAt: string };
}

/** The drain that handles marks set at that time: it claims after the window has ended. */
export function drainOf(markedAt: number): DrainStart {
  const end = windowEnd(markedAt) + SETTLE_MILLISECONDS;
  const claimAt = new Date(end).toISOString();
  return { name: `changes-${claimAt.replaceAll(":", "-")}`, input: { claimAt } };
}

/** Whether the drain of that mark has started, so that the running one has to do its work. */
export function isDue(markedAt: number, now: number): boolean {
  return windowEnd(markedAt) <= now;
}

function windowEnd(at: number): number {
  return (Math.floor(at / WINDOW_MILLISECONDS) + 1) * WINDOW_MILLISECONDS;
}
