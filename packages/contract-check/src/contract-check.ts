import { readAwsContract } from "./aws/aws-contract.ts";
import { type CheckMode, violationsOf } from "./check-mode.ts";
import type { Contract, GivenResponse, SentRequest } from "./contract.ts";
import { readGraphContract } from "./graph/graph-contract.ts";
import { readScimContract } from "./scim/scim-contract.ts";
import type { Violation } from "./violation.ts";

/** Anything that answers Web requests: a simulator, or a fake of a test. */
interface Answers {
  fetch(request: Request): Response | Promise<Response>;
}

/** Fits the sandbox's `Layer`. */
export type CheckLayer = (service: string, inner: Answers) => Answers;

/** C2J model of each AWS service, by the segment that it is mounted at. */
const AWS_MODELS: Readonly<Record<string, string>> = {
  "sso-admin": "sso-admin",
  identitystore: "identitystore",
  organizations: "organizations",
  secretsmanager: "secretsmanager",
  dynamodb: "dynamodb",
  s3: "s3",
  sts: "sts",
  states: "stepfunctions",
  events: "events",
  scheduler: "scheduler",
};

/** Validates exchanges against the contracts of a folder, and keeps what it found until it is taken. */
export class ContractCheck {
  readonly #folder: string;
  readonly #contracts = new Map<string, Contract | null>();
  readonly #counts = new Map<string, number>();
  #violations: Violation[] = [];
  readonly #pending = new Set<Promise<void>>();

  /** @param folder with `aws/`, `graph/` and `scim/` */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Looks at copies of every request and answer and changes neither; a service without a contract (`login`, `console`,
   * `lambda`) passes unseen. The check itself runs after the answer has gone out, so that nobody waits for it.
   */
  layer(mode: CheckMode): CheckLayer {
    return (service, inner) => {
      const contract = this.contract(service);
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

  /** The contract of the service at a segment; null when there is none. */
  contract(service: string): Contract | null {
    const known = this.#contracts.get(service);
    if (known !== undefined) return known;
    const contract = this.#read(service);
    this.#contracts.set(service, contract);
    return contract;
  }

  /** Resolves when every exchange so far is checked. */
  async settle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  /** What was found since the last call. */
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

  #read(service: string): Contract | null {
    const model = AWS_MODELS[service];
    if (model !== undefined) return readAwsContract(service, `${this.#folder}/aws/${model}.json`);
    if (service === "graph") return readGraphContract(`${this.#folder}/graph/openapi.json`);
    return service === "scim" ? readScimContract(`${this.#folder}/scim`) : null;
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
