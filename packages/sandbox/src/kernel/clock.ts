/** The sandbox's time: latencies, cycles and expiry all read it. */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** The wall clock, `speed` times faster: ten seconds of latency cost one second at speed 10. */
export function makeScaledClock(speed: number): SandboxClock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * speed,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds / speed)),
  };
}
