import { ERRORS, type ErrorName, FlowError } from "@landbridge/core";
import * as z from "zod";
import type { Authorize } from "./authorize.ts";

/** The deployment's HTTP API, as `docs/api/openapi.json` describes it. */
export interface ApiClient {
  /** @throws {FlowError} of the name that the API gives; Error for any other answer */
  get(path: string): Promise<unknown>;
  /** The same request with the same key is carried out once. @throws as {@link get} */
  post(path: string, body: object, idempotencyKey?: string): Promise<unknown>;
  /** @throws as {@link get} */
  delete(path: string): Promise<unknown>;
}

const Problem = z.object({
  title: z.string(),
  detail: z.string(),
  status: z.number(),
});

/**
 * @param url of the API, without `/v1`
 * @param authorize adds what proves who calls
 */
export function makeApiClient(
  url: string,
  authorize: Authorize,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): ApiClient {
  async function send(method: "GET" | "POST" | "DELETE", path: string, options: Sent = {}): Promise<unknown> {
    const headers = {
      accept: "application/json",
      ...(options.body !== undefined && { "content-type": "application/json" }),
      ...(options.idempotencyKey !== undefined && { "idempotency-key": options.idempotencyKey }),
    };
    const request = new Request(`${url.replace(/\/$/, "")}/v1${path}`, {
      method,
      headers,
      redirect: "error",
      ...(options.body !== undefined && { body: options.body }),
    });
    const authorized = await authorize(request, options.body ?? "");
    const response = await fetch(authorized).catch((error: unknown) => {
      throw new FlowError("ServiceUnavailable", `The API at ${url} cannot be reached: ${reasonOf(error)}`, {
        cause: error,
      });
    });
    const text = await response.text();
    if (!response.ok) throw failureOf(response.status, text);
    if (text === "") return null;
    return response.headers.get("content-type")?.startsWith("application/json") ? JSON.parse(text) : text;
  }
  return {
    get: (path) => send("GET", path),
    delete: (path) => send("DELETE", path),
    post: (path, body, idempotencyKey) =>
      send("POST", path, {
        body: JSON.stringify(body),
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      }),
  };
}

interface Sent {
  readonly body?: string;
  readonly idempotencyKey?: string;
}

function failureOf(status: number, text: string): Error {
  const problem = Problem.safeParse(jsonOrNull(text));
  if (!problem.success) return new Error(`The API answered ${status}: ${text.slice(0, 200)}`);
  const { title, detail } = problem.data;
  if (Object.hasOwn(ERRORS, title)) return new FlowError(title as ErrorName, detail);
  return new Error(`The API answered ${status} ${title}: ${detail}`);
}

/** `fetch` says only that it failed; the reason is in its cause. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as { cause?: unknown };
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
