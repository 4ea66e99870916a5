import type { Kernel, Layer } from "../kernel/kernel.ts";
import { Random } from "../kernel/random.ts";
import { ConnectionLost } from "./connection-lost.ts";
import { refusalsOf } from "./refusals.ts";

/**
 * What goes wrong with a request. `throttle` and `failure` are the service's own refusals, before it did anything.
 * `no-answer` never reaches it; `lost-answer` does, and takes effect, but the client gets no answer. `delay` is slow.
 */
export type Fault = "throttle" | "failure" | "no-answer" | "lost-answer" | "delay";

export interface FaultRule {
  readonly fault: Fault;
  /** From 0 to 1: of the requests that the rule is about, the share that it strikes. */
  readonly probability: number;
  /** Segments, such as `sso-admin` or `graph`; all services when absent. */
  readonly services?: readonly string[];
  /** Matched with the AWS operation (`CreateAccountAssignment`), elsewhere with method and path (`GET /v1.0/groups`). */
  readonly operation?: RegExp;
  /** The rule ends after this many hits; absent: never. */
  readonly strikes?: number;
  /** For `delay`, how long it takes; for other faults, how long the client waits in vain. */
  readonly seconds?: number;
}

/** A client gives up after so long (`no-answer`, `lost-answer`). */
const PATIENCE_SECONDS = 30;
const DELAY_SECONDS = 2;

/** Pages in the browser, and sign-in, are spared: the flows would stop at once. */
const SPARED: readonly string[] = ["console"];

/** Makes requests fail by rule. The first matching rule decides; the same seed and the same requests give the same faults. */
export function makeFaults(rules: readonly FaultRule[], seed: number): Layer {
  const random = new Random(seed);
  const left = new Map(rules.map((rule) => [rule, rule.strikes ?? Number.POSITIVE_INFINITY]));

  function strike(service: string, operation: string): FaultRule | undefined {
    return rules.find((rule) => {
      if (rule.services?.includes(service) === false || rule.operation?.test(operation) === false)
        return false;
      const strikesLeft = left.get(rule) ?? 0;
      if (strikesLeft <= 0 || random.next() >= rule.probability) return false;
      left.set(rule, strikesLeft - 1);
      return true;
    });
  }

  return (service, inner, kernel) => {
    if (SPARED.includes(service)) return inner;
    return {
      async fetch(request) {
        const operation = operationOf(request);
        const rule = strike(service, operation);
        if (rule === undefined) return inner.fetch(request);
        return suffer(rule, { request, service, operation, inner, kernel });
      },
    };
  };
}

interface Exchange {
  readonly request: Request;
  readonly service: string;
  readonly operation: string;
  readonly inner: { fetch(request: Request): Response | Promise<Response> };
  readonly kernel: Kernel;
}

async function suffer({ fault, seconds }: FaultRule, exchange: Exchange): Promise<Response> {
  const { request, service, operation, inner, kernel } = exchange;
  switch (fault) {
    case "throttle":
    case "failure": {
      const refusals = refusalsOf(service);
      if (refusals === null) return inner.fetch(request);
      const response = fault === "throttle" ? refusals.throttled(kernel) : refusals.failed(kernel);
      kernel.calls.record(service, operation, response.status);
      return request.method === "HEAD" ? withoutBody(response) : response;
    }
    case "no-answer":
      await kernel.clock.sleep((seconds ?? PATIENCE_SECONDS) * 1000);
      throw new ConnectionLost(`${service} did not answer`);
    case "lost-answer":
      await inner.fetch(request);
      await kernel.clock.sleep((seconds ?? PATIENCE_SECONDS) * 1000);
      throw new ConnectionLost(`the answer of ${service} was lost`);
    case "delay":
      await kernel.clock.sleep((seconds ?? DELAY_SECONDS) * 1000);
      return inner.fetch(request);
  }
}

function withoutBody({ status, headers }: Response): Response {
  return new Response(null, { status, headers });
}

function operationOf(request: Request): string {
  const target = request.headers.get("x-amz-target");
  if (target !== null) return target.slice(target.indexOf(".") + 1);
  return `${request.method} ${new URL(request.url).pathname}`;
}
