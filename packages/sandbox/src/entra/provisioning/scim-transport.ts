import { STATUS_CODES } from "node:http";
import type { Kernel } from "../../kernel/kernel.ts";
import {
  CONNECTION_LOST,
  CREDENTIALS_REFUSED,
  ENDPOINT_UNAVAILABLE,
  OBJECT_REFUSED,
  SERVER_ERROR,
  ScimConnectionError,
  ScimRefusal,
  TOO_MANY_REQUESTS,
} from "./scim-errors.ts";

/** The contents of the installed synchronization secrets. */
export interface ScimConnection {
  /** Prefixed to `/Users` unchanged, as Entra does: a trailing slash is kept. */
  readonly baseAddress: string;
  readonly token: string;
}

export interface ScimRequest {
  readonly method: string;
  /** Below the base address, without a leading slash. */
  readonly path: string;
  readonly body?: Record<string, unknown>;
}

/** An answer, read to its end. */
export interface ScimAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
}

export interface ScimTransport {
  /** @throws {ScimConnectionError} for a refused token, {ScimRefusal} without an answer */
  readonly send: (request: ScimRequest) => Promise<ScimAnswer>;
  /** Error for a refused object. */
  readonly refusal: (answer: ScimAnswer) => ScimRefusal;
  /** Error for an unusable connection. */
  readonly unexpected: (request: ScimRequest, answer: ScimAnswer) => ScimConnectionError;
}

/** How many times a request is sent that gets 429, 5xx or, in a cycle, a lost connection. Neither number is documented. */
const MOST_ATTEMPTS = 8;
const LONGEST_PAUSE_SECONDS = 5;

/**
 * Sends requests to the endpoint of a job, and repeats them after a pause on temporary failures.
 * @param cycle ends the pauses; without it somebody waits for the answer, and a lost connection is not tried again
 */
export function makeScimTransport(
  kernel: Kernel,
  connection: ScimConnection,
  cycle?: AbortSignal,
): ScimTransport {
  const urlOf = ({ path }: ScimRequest) => `${connection.baseAddress}/${path}`;

  async function attempt(request: ScimRequest): Promise<(ScimAnswer & { readonly headers: Headers }) | null> {
    const { method, body } = request;
    try {
      const response = await kernel.network(
        new Request(urlOf(request), {
          method,
          headers: {
            Authorization: `Bearer ${connection.token}`,
            ...(body !== undefined && { "Content-Type": "application/scim+json" }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      );
      const { ok, status, headers } = response;
      return { ok, status, headers, text: await response.text() };
    } catch (error) {
      // Like fetch, the network rejects with a TypeError; nothing else is expected of it.
      if (!(error instanceof TypeError)) throw error;
      return null;
    }
  }

  function unexpected(request: ScimRequest, answer: ScimAnswer): ScimConnectionError {
    const message = [
      "We could not validate our authorization to access your application and received this unexpected response instead.",
      `Resource: ${urlOf(request)}`,
      `Operation: ${request.method}`,
      `Response Status Code: ${statusName(answer)}`,
      `Response Content: ${shown(answer.text)}`,
    ].join(" ");
    return new ScimConnectionError(CREDENTIALS_REFUSED, message);
  }

  /** An endpoint that repeats the token does not get it into a message. */
  function shown(text: string): string {
    return text.replaceAll(connection.token, "*").slice(0, 500);
  }

  return {
    async send(request) {
      if (!urlOf(request).startsWith("https://")) throw unavailable("the address is not https");
      for (let count = 1; ; count += 1) {
        const answer = await attempt(request);
        if (answer?.status === 401 || answer?.status === 403) throw unexpected(request, answer);
        const isLast = count === MOST_ATTEMPTS || cycle?.aborted === true;
        if (answer && (isLast || !isPassing(answer))) return answer;
        if (!answer && (isLast || cycle === undefined)) {
          throw new ScimRefusal(null, CONNECTION_LOST, "The connection to the application was lost.");
        }
        const pauseSeconds = retryAfterSeconds(answer?.headers) ?? Math.min(count, LONGEST_PAUSE_SECONDS);
        await kernel.clock.sleep(1000 * pauseSeconds, cycle);
      }
    },
    refusal(answer) {
      const message = `StatusCode: ${statusName(answer)} Message: The application refused the request. Web Response: ${shown(answer.text)}`;
      return new ScimRefusal(answer.status, codeOf(answer), message);
    },
    unexpected,
  };
}

export function unavailable(why: string): ScimConnectionError {
  return new ScimConnectionError(ENDPOINT_UNAVAILABLE, `The endpoint cannot be reached: ${why}.`);
}

function isPassing({ status }: Pick<ScimAnswer, "status">): boolean {
  return status === 429 || status >= 500;
}

function codeOf({ status }: ScimAnswer): string {
  if (status === 429) return TOO_MANY_REQUESTS;
  return status >= 500 ? SERVER_ERROR : OBJECT_REFUSED;
}

function retryAfterSeconds(headers: Headers | undefined): number | null {
  const seconds = Number(headers?.get("Retry-After") ?? Number.NaN);
  return Number.isFinite(seconds) ? seconds : null;
}

/** `BadRequest`, `Unauthorized`: how Entra writes a status. */
function statusName({ status }: ScimAnswer): string {
  return STATUS_CODES[status]?.replaceAll(" ", "") ?? String(status);
}
