import { type CheckMode, violationsOf } from "./check-mode.ts";
import type { GivenResponse, SentRequest } from "./contract.ts";
import type { Contracts } from "./contracts.ts";
import type { Violation } from "./violation.ts";

/** Anything that answers Web requests: a simulator, or a fake of a test. */
interface Answers {
  fetch(request: Request): Response | Promise<Response>;
}

/** Fits the sandbox's `Layer`. */
export type CheckLayer = (service: string, inner: Answers) => Answers;

/** Validates exchanges against contracts, and keeps what it found until it is taken. */
export class ContractCheck {
  readonly #contracts: Contracts;
  readonly #counts = new Map<string, number>();
  #violations: Violation[] = [];
  readonly #pending = new Set<Promise<void>>();

  constructor(contracts: Contracts) {
    this.#contracts = contracts;
  }

  /**
   * Checks copies of every request and answer and changes neither; a service without a contract (`login`, `console`,
   * `lambda`) is not checked. The check runs after the answer was sent, so that nothing waits for it.
   */
  layer(mode: CheckMode): CheckLayer {
    return (service, inner) => {
      const contract = this.#contracts.of(service);
      if (contract === null) return inner;
      const check = (request: Promise<SentRequest>, response: Promise<GivenResponse> | null) =>
        this.#track(async () => {
          const exchange = { service, request: await request, response: await response };
          this.#counts.set(service, (this.#counts.get(service) ?? 0) + 1);
          this.#violations.push(...violationsOf(mode, contract, exchange));
        });
      return {
        async fetch(request) {
          const sent = readRequest(request.clone());
          let response: Response;
          try {
            response = await inner.fetch(request);
          } catch (error) {
            check(sent, null);
            throw error;
          }
          check(sent, readResponse(response.clone()));
          return response;
        },
      };
    };
  }

  /** Resolves when every exchange so far is checked. */
  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** The violations since the last call. */
  takeViolations(): Violation[] {
    const taken = this.#violations;
    this.#violations = [];
    return taken;
  }

  /** Exchanges checked since the last call, by service. */
  takeCounts(): Record<string, number> {
    const taken = Object.fromEntries(this.#counts);
    this.#counts.clear();
    return taken;
  }

  #track(run: () => Promise<void>): void {
    const done = run().finally(() => this.#pending.delete(done));
    this.#pending.add(done);
  }
}

async function readRequest(request: Request): Promise<SentRequest> {
  const { method, headers } = request;
  return { method, url: new URL(request.url), headers, body: await request.text() };
}

async function readResponse(response: Response): Promise<GivenResponse> {
  const { status, headers } = response;
  return { status, headers, body: await response.text() };
}
