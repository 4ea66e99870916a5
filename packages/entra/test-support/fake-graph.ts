import { contractLayer } from "@landbridge/contract-check";
import type { Clock } from "@landbridge/core";
import type { Credential } from "../src/credentials.ts";
import { makeEntra } from "../src/entra.ts";

/** What tests assert about a request. */
export interface SentRequest {
  /** `GET /groups`: method and path below /v1.0 for Graph, method and full address without query otherwise. */
  readonly what: string;
  readonly url: string;
  readonly query: Record<string, string>;
  readonly headers: Headers;
  readonly body: unknown;
}

/** JSON with 200, a ready response, or a function's result for the request. */
type Answer = object | Response | ((request: SentRequest) => object | Response);

export const TENANT_ID = "5b6c1f70-2b3e-4c58-9d30-0a4e8b1c7d11";
export const CLIENT_ID = "c0ffee00-1111-4222-8333-444455556666";
const GRAPH = "https://graph.microsoft.com/v1.0";

/**
 * A `fetch` that answers by method and path; of an array, it gives one answer after the other, and repeats the last. An
 * unexpected request fails the test.
 */
export function fakeFetch(routes: Record<string, Answer | Answer[]>) {
  const requests: SentRequest[] = [];

  async function fetch(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input);
    const address = `${url.origin}${url.pathname}`;
    const ofGraph = address.startsWith(GRAPH);
    const what = `${init.method ?? "GET"} ${ofGraph ? address.slice(GRAPH.length) : address}`;
    const request = {
      what,
      url: url.href,
      query: Object.fromEntries(url.searchParams),
      headers: new Headers(init.headers),
      body: typeof init.body === "string" ? parse(init.body) : null,
    };
    const response = await answer(request);
    const inner = { fetch: () => response };
    const layer = contractLayer(response.headers.has(BROKEN) ? "request" : "client");
    return layer(ofGraph ? "graph" : "login", inner).fetch(new Request(url, init));
  }

  async function answer(request: SentRequest): Promise<Response> {
    const { what } = request;
    const route = routes[what];
    if (route === undefined) throw new Error(`Nobody expects ${what}`);
    const earlier = requests.filter((other) => other.what === what).length;
    requests.push(request);
    const answer = Array.isArray(route) ? route[Math.min(earlier, route.length - 1)] : route;
    const made =
      typeof answer === "function" ? (answer as (request: SentRequest) => object)(request) : answer;
    if (!(made instanceof Response)) return Response.json(made);
    // Not a clone: cancelling one waits until the other is read.
    const { status, headers } = made;
    return new Response(status === 204 ? null : await made.clone().arrayBuffer(), { status, headers });
  }

  return { fetch, requests };
}

/** An answer that Graph's contract rules out, for tests of what happens then. */
export function broken(body: string | object, init: ResponseInit = {}): Response {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "Content-Type": "application/json", ...(init.headers as Record<string, string>) };
  return new Response(text, { ...init, headers: { ...headers, [BROKEN]: "yes" } });
}

const BROKEN = "x-breaks-contract";

function parse(body: string): unknown {
  return body.startsWith("{") ? JSON.parse(body) : body;
}

export function done(): Response {
  return new Response(null, { status: 204 });
}

/** Graph's error envelope. */
export function refusal(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const innerError = { date: "2026-03-01T00:00:00", "request-id": "7f0e", "client-request-id": "7f0e" };
  return Response.json({ error: { code, message, innerError } }, { status, headers });
}

/** Unsigned; only its claims are read. */
export function makeJwt(claims: object): string {
  return `${encode({ alg: "none" })}.${encode(claims)}.signature`;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

export function fakeCredential(claims: object = { roles: ["Group.Read.All"] }): Credential {
  return {
    getToken: async () => makeJwt(claims),
  };
}

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

/** Everything of the package on a fake `fetch`. */
export function entraOn(routes: Record<string, Answer | Answer[]>, credential = fakeCredential()) {
  const { fetch, requests } = fakeFetch(routes);
  const clock = fakeClock();
  const region = "eu-central-1";
  const ports = makeEntra({ tenantId: TENANT_ID, clientId: CLIENT_ID, credential, fetch, clock, region });
  return { ...ports, requests, clock };
}
