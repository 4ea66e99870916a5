import type { SandboxClock } from "../../../kernel/clock.ts";

const SLOW_MILLISECONDS = 2900;
const WINDOW_MILLISECONDS = 600_000;
const JUDGED_FROM = 100;

interface Window {
  readonly begunAt: number;
  deliveries: number;
  slow: number;
}

/**
 * Judges an endpoint by its answers: one that is slow too often gets its notifications late or not at all ("Receive change
 * notifications through webhooks").
 */
export class EndpointHealth {
  readonly #clock: SandboxClock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  record(address: string, tookMilliseconds: number): void {
    const window = this.#windowOf(address);
    window.deliveries += 1;
    if (tookMilliseconds > SLOW_MILLISECONDS) window.slow += 1;
  }

  judge(address: string): "prompt" | "slow" | "dropping" {
    const { deliveries, slow } = this.#windowOf(address);
    if (deliveries < JUDGED_FROM || slow / deliveries < 0.1) return "prompt";
    return slow / deliveries < 0.15 ? "slow" : "dropping";
  }

  #windowOf(address: string): Window {
    const { host } = new URL(address);
    const now = this.#clock.now();
    const present = this.#windows.get(host);
    if (present && present.begunAt + WINDOW_MILLISECONDS > now) return present;
    const window = { begunAt: now, deliveries: 0, slow: 0 };
    this.#windows.set(host, window);
    return window;
  }
}
