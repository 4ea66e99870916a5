import type { CallLog } from "./calls.ts";
import type { SandboxClock } from "./clock.ts";
import type { Random } from "./random.ts";

/** What every simulator is built on. */
export interface Kernel {
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly calls: CallLog;
  /** Region of the simulated Identity Center instance. */
  readonly region: string;
  /**
   * A request to a real host name (`https://scim.eu-central-1.amazonaws.com/…`), answered inside the sandbox. The simulated
   * Entra reaches the simulated AWS in this way. Other names go to the sandbox's host, if it accepts them. Rejects like fetch
   * (`TypeError`) for an unknown name.
   */
  network(request: Request): Promise<Response>;
}

/**
 * A simulator: Web request in, Web response out. The request's path starts after the service's mount point.
 */
export interface Service {
  fetch(request: Request): Response | Promise<Response>;
}

/**
 * A layer between every client and a simulator, which sees or changes both directions. `service` is the segment that the
 * service is mounted at: `sso-admin`, `graph`, …
 */
export type Layer = (service: string, inner: Service, kernel: Kernel) => Service;
