import { Readable } from "node:stream";
import { contractLayer } from "@landbridge/contract-check";
import type { Clock } from "@landbridge/core";
import { makeAws } from "../src/aws.ts";

/** What tests assert about a request: the operation of a JSON service, or the method and path of S3. */
export interface SentRequest {
  readonly operation: string;
  readonly target: string;
  readonly hostname: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** JSON with 200, a ready response, or a function's result for the request. */
type Answer = object | ((request: SentRequest) => object);

/** An error as the JSON services of AWS send it. */
export function refusal(name: string, message = "no", status = 400, more: object = {}): Response {
  return Response.json({ __type: name, message, ...more }, { status });
}

/** An answer that AWS's contract rules out, for tests of what happens then. */
export function broken(answer: object): Response {
  return Response.json(answer, { headers: { [BROKEN]: "yes" } });
}

const BROKEN = "x-breaks-contract";

/** Time passes by sleeping only. */
export function fakeClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    now: () => 1_760_000_000_000 + slept.reduce((sum, each) => sum + each, 0),
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
  };
}

interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | null | readonly string[]>>;
  readonly hostname: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/**
 * A request handler that answers by operation; of an array, it gives one answer after the other, and repeats the last. An
 * unexpected request fails the test.
 */
export function fakeHandler(answers: Readonly<Record<string, Answer | readonly Answer[]>>) {
  const requests: SentRequest[] = [];

  async function handle(request: HttpRequest) {
    const sent = describe(request);
    const answer = answers[sent.operation];
    if (answer === undefined) throw new Error(`Nobody expects ${sent.operation}`);
    const earlier = requests.filter(({ operation }) => operation === sent.operation).length;
    requests.push(sent);
    const one = Array.isArray(answer) ? (answer[Math.min(earlier, answer.length - 1)] as Answer) : answer;
    const made = typeof one === "function" ? (one as (request: SentRequest) => object)(sent) : one;
    const answered = made instanceof Response ? made.clone() : Response.json(made);
    const inner = { fetch: () => answered };
    const layer = contractLayer(answered.headers.has(BROKEN) ? "request" : "client");
    const response = await layer(serviceOf(sent), inner).fetch(toWebRequest(request));
    return {
      response: {
        statusCode: response.status,
        headers: { "x-amzn-requestid": "7f0e", ...Object.fromEntries(response.headers) },
        body: Readable.from([Buffer.from(await response.arrayBuffer())]),
      },
    };
  }

  return { requestHandler: { metadata: { handlerProtocol: "http/1.1" }, handle }, requests };
}

function describe({ method, path, query = {}, hostname, headers, body = "" }: HttpRequest): SentRequest {
  const lowerCase = Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const target = lowerCase["x-amz-target"] ?? "";
  const text = typeof body === "string" ? body : new TextDecoder().decode(body);
  return {
    operation: target === "" ? `${method} ${path}` : target.slice(target.indexOf(".") + 1),
    target,
    hostname,
    query,
    headers: lowerCase,
    body: target === "" ? text : JSON.parse(text),
  };
}

/** Segment of the sandbox by the first label of the host that names an AWS service. */
const SERVICES: Readonly<Record<string, string>> = { sso: "sso-admin" };
const HOSTS = ["sso", "identitystore", "organizations", "secretsmanager", "dynamodb", "s3", "sts", "states"];

/** For the contract check. */
function serviceOf({ hostname }: SentRequest): string {
  const label = hostname.split(".").find((part) => HOSTS.includes(part)) ?? hostname;
  return SERVICES[label] ?? label;
}

function toWebRequest({ method, hostname, path, query = {}, headers, body }: HttpRequest): Request {
  const url = new URL(`https://${hostname}${path}`);
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value ?? ""])
      url.searchParams.append(name, String(one));
  }
  const { "content-length": _, ...rest } = headers;
  const hasBody = body !== undefined && method !== "GET" && method !== "HEAD";
  return new Request(url, {
    method,
    headers: rest,
    ...(hasBody && { body: typeof body === "string" ? body : Buffer.from(body) }),
  });
}

/** Everything of the package on a fake request handler. */
export function awsOn(answers: Readonly<Record<string, Answer | readonly Answer[]>>, clock = fakeClock()) {
  const { requestHandler, requests } = fakeHandler(answers);
  const ports = makeAws({
    region: "eu-central-1",
    clock,
    tableName: "landbridge",
    bucketName: "landbridge-files",
    requestHandler,
  });
  const sent = (operation: string) =>
    requests.filter((request) => request.operation === operation).map(({ body }) => body);
  return { ...ports, clock, requests, sent };
}
