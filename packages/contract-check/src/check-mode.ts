import type { Contract, GivenResponse, Problem, SentRequest } from "./contract.ts";
import { isKnownDeviation } from "./known-deviations.ts";
import type { Direction, Violation } from "./violation.ts";

/**
 * `client`: the request comes from the product, and nothing may be wrong with it. `simulator`: the request comes from a
 * simulator's own test, which may send anything; what the contract refuses the simulator must refuse. `request`: the
 * answer is wrong on purpose, and only what the product asked is judged.
 */
export type CheckMode = "client" | "simulator" | "request";

export interface Exchange {
  readonly service: string;
  readonly request: SentRequest;
  /** Null when the service broke off. */
  readonly response: GivenResponse | null;
}

export function violationsOf(mode: CheckMode, contract: Contract, exchange: Exchange): Violation[] {
  return allViolations(mode, contract, exchange).filter((violation) => !isKnownDeviation(violation));
}

function allViolations(mode: CheckMode, contract: Contract, exchange: Exchange): Violation[] {
  const { service, request, response } = exchange;
  const { operation, known, request: asked, response: answered } = contract.judge(request, response);
  const violation = (direction: Direction) => (problem: Pick<Problem, "path" | "message">) => ({
    service,
    operation,
    direction,
    path: problem.path,
    message: problem.message,
  });
  if (response !== null && isNotImplemented(response)) return [];
  const refused = response === null || response.status >= 400;
  if (!known) {
    const problem = { path: "$", message: "the contract has no such operation" };
    return mode === "simulator" && refused ? [] : [violation("request")(problem)];
  }
  if (mode === "request") return asked.map(violation("request"));
  if (mode === "client" && !isByEntra(service, request))
    return [...asked.map(violation("request")), ...answered.map(violation("response"))];
  const accepted = refused ? [] : asked.filter(({ tolerated }) => !tolerated);
  return [
    ...accepted
      .map(({ path, message }) => ({ path, message: `accepted what the contract refuses: ${message}` }))
      .map(violation("request")),
    ...answered.map(violation("response")),
  ];
}

/**
 * Only the simulated Entra writes to SCIM: it sends what people left empty, and AWS's refusal is how an object gets into
 * escrow. The product itself only reads.
 */
function isByEntra(service: string, { method }: SentRequest): boolean {
  return service === "scim" && method !== "GET";
}

/** The answer of a simulator to what it does not imitate: it names its coverage page, or is a 501. */
export function isNotImplemented({ status, headers, body }: GivenResponse): boolean {
  if (status < 400) return false;
  const reason = headers.get("x-sandbox-reason") ?? "";
  return status === 501 || /UnknownOperationException/.test(body) || /coverage\.md/.test(`${body}${reason}`);
}
