/** The only source of time. Locally it may run faster than the wall clock. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Ends at once when the signal aborts; it never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
