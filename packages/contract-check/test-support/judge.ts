import { ContractCheck } from "../src/contract-check.ts";
import type { CheckMode } from "../src/check-mode.ts";
import { contracts } from "../src/shared-check.ts";
import { describeViolation } from "../src/violation.ts";

export interface AskedFor {
  readonly method?: string;
  /** Path and query. */
  readonly path?: string;
  readonly headers?: Record<string, string>;
  /** Text, or what becomes JSON. */
  readonly body?: unknown;
}

/** Text, or what becomes JSON with 200, or a ready response. */
type Answer = Response | object | string;

/** What one exchange violates, by a separate check. */
export async function judge(
  service: string,
  { method = "POST", path = "/", headers = {}, body }: AskedFor,
  { answer = {}, mode = "client" }: { readonly answer?: Answer; readonly mode?: CheckMode } = {},
): Promise<string[]> {
  const check = new ContractCheck(contracts);
  const given = answer instanceof Response ? answer : new Response(textOf(answer));
  const layered = check.layer(mode)(service, { fetch: () => given });
  const request = new Request(`http://127.0.0.1${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: textOf(body) }),
  });
  await layered.fetch(request);
  await check.settle();
  return check.takeViolations().map((violation) => describeViolation(violation).slice(service.length + 1));
}

function textOf(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** An operation of an AWS JSON service. */
export function target(name: string, body: unknown = {}): AskedFor {
  return { headers: { "x-amz-target": name }, body };
}
