/** Changes of one minute are drained together. */
const WINDOW_MILLISECONDS = 60_000;
/** Clocks differ, and a mark is written a moment before its drain is started. */
const SETTLE_MILLISECONDS = 5_000;

export interface DrainStart {
  /** Of the execution: every start for the same window is the same execution (StartExecution). */
  readonly name: string;
  readonly input: { readonly claimAt: string };
}

/** The drain that looks at what is marked at that time: it claims once the window is over. */
export function drainOf(markedAt: number): DrainStart {
  const end = windowEnd(markedAt) + SETTLE_MILLISECONDS;
  const claimAt = new Date(end).toISOString();
  return { name: `changes-${claimAt.replaceAll(":", "-")}`, input: { claimAt } };
}

/** Whether the drain of that mark has begun, so that whoever runs has to do its work. */
export function isDue(markedAt: number, now: number): boolean {
  return windowEnd(markedAt) <= now;
}

function windowEnd(at: number): number {
  return (Math.floor(at / WINDOW_MILLISECONDS) + 1) * WINDOW_MILLISECONDS;
}
