import { STATUS_CODES } from "node:http";
import { z } from "zod";
import type { Kernel } from "../../kernel/kernel.ts";
import {
  CREDENTIALS_REFUSED,
  ENDPOINT_UNAVAILABLE,
  OBJECT_REFUSED,
  ScimConnectionError,
  ScimRefusal,
} from "./scim-errors.ts";

/** What the installed synchronization secrets say. */
export interface ScimConnection {
  /** Joined with `/Users` as it stands, as Entra does: a trailing slash is not mended. */
  readonly baseAddress: string;
  readonly token: string;
}

export type ResourcePath = "Users" | "Groups";

const Resource = z.looseObject({ id: z.string() });
export type Resource = z.infer<typeof Resource>;
const ListResponse = z.looseObject({ Resources: z.array(Resource).default([]) });

export interface PatchOperation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value: unknown;
}

/** Every method @throws {ScimConnectionError} for a refused token or no answer, {ScimRefusal} for anything else. */
export interface ScimClient {
  /** The request of "Test connection". */
  probe(): Promise<void>;
  find(path: ResourcePath, attribute: string, value: string): Promise<Resource | null>;
  /** Null when there is no such resource. */
  read(path: ResourcePath, id: string): Promise<Resource | null>;
  create(path: ResourcePath, body: Record<string, unknown>): Promise<string>;
  patch(path: ResourcePath, id: string, operations: readonly PatchOperation[]): Promise<void>;
  remove(path: ResourcePath, id: string): Promise<void>;
}

/** How often a request is sent that meets 429 or 5xx. */
const MOST_ATTEMPTS = 8;
const PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export function makeScimClient(kernel: Kernel, connection: ScimConnection): ScimClient {
  async function send(method: string, path: string, body?: unknown): Promise<Response> {
    const url = `${connection.baseAddress}/${path}`;
    for (let attempt = 1; ; attempt += 1) {
      const response = await sendOnce(method, url, body);
      if (response.status === 401 || response.status === 403) {
        throw unexpected({ method, url }, response, await response.text());
      }
      const passes = response.status !== 429 && response.status < 500;
      if (passes || attempt === MOST_ATTEMPTS) return response;
      const retryAfterSeconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
      await kernel.clock.sleep(
        1000 * (Number.isFinite(retryAfterSeconds) ? retryAfterSeconds : Math.min(attempt, 5)),
      );
    }
  }

  async function sendOnce(method: string, url: string, body: unknown): Promise<Response> {
    if (!url.startsWith("https://")) throw unavailable("the address is not https");
    try {
      return await kernel.network(
        new Request(url, {
          method,
          headers: {
            Authorization: `Bearer ${connection.token}`,
            ...(body !== undefined && { "Content-Type": "application/scim+json" }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        }),
      );
    } catch (error) {
      // Like fetch, the network rejects with a TypeError; nothing else is expected of it.
      if (!(error instanceof TypeError)) throw error;
      throw unavailable("no connection could be made");
    }
  }

  function unexpected(
    { method, url }: { readonly method: string; readonly url: string },
    response: Response,
    text: string,
  ): ScimConnectionError {
    const message = [
      "We could not validate our authorization to access your application and received this unexpected response instead.",
      `Resource: ${url}`,
      `Operation: ${method}`,
      `Response Status Code: ${statusName(response)}`,
      `Response Content: ${shown(text)}`,
    ].join(" ");
    return new ScimConnectionError(CREDENTIALS_REFUSED, message);
  }

  /** An endpoint that repeats the token does not get it into a message. */
  function shown(text: string): string {
    return text.replaceAll(connection.token, "*").slice(0, 500);
  }

  async function refuse(response: Response): Promise<never> {
    const message = `StatusCode: ${statusName(response)} Message: The application refused the request. Web Response: ${shown(await response.text())}`;
    throw new ScimRefusal(response.status, OBJECT_REFUSED, message);
  }

  return {
    async probe() {
      const path = `Users?filter=userName+eq+%22${kernel.random.uuid()}%22`;
      const response = await send("GET", path);
      const text = await response.text();
      if (response.ok && isListResponse(text)) return;
      throw unexpected({ method: "GET", url: `${connection.baseAddress}/${path}` }, response, text);
    },
    async find(path, attribute, value) {
      const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`);
      const response = await send("GET", `${path}?filter=${filter}`);
      if (!response.ok) return refuse(response);
      return ListResponse.parse(await response.json()).Resources[0] ?? null;
    },
    async read(path, id) {
      const response = await send("GET", `${path}/${id}`);
      if (response.status === 404) return null;
      if (!response.ok) return refuse(response);
      return Resource.parse(await response.json());
    },
    async create(path, body) {
      const response = await send("POST", path, body);
      if (!response.ok) return refuse(response);
      return Resource.parse(await response.json()).id;
    },
    async patch(path, id, operations) {
      const body = { schemas: [PATCH_SCHEMA], Operations: operations };
      const response = await send("PATCH", `${path}/${id}`, body);
      if (!response.ok) await refuse(response);
    },
    async remove(path, id) {
      const response = await send("DELETE", `${path}/${id}`);
      if (!response.ok && response.status !== 404) await refuse(response);
    },
  };
}

function unavailable(why: string): ScimConnectionError {
  return new ScimConnectionError(ENDPOINT_UNAVAILABLE, `The endpoint cannot be reached: ${why}.`);
}

function isListResponse(text: string): boolean {
  try {
    return ListResponse.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** `BadRequest`, `Unauthorized`: how Entra writes a status. */
function statusName({ status }: Response): string {
  return STATUS_CODES[status]?.replaceAll(" ", "") ?? String(status);
}
