import * as z from "zod";
import type { Kernel } from "../../kernel/kernel.ts";
import { ScimRefusal } from "./scim-errors.ts";
import {
  type ScimAnswer,
  type ScimConnection,
  type ScimRequest,
  makeScimTransport,
  unavailable,
} from "./scim-transport.ts";

export type ResourcePath = "Users" | "Groups";

const Resource = z.looseObject({ id: z.string() });
export type Resource = z.infer<typeof Resource>;
const ListResponse = z.looseObject({ Resources: z.array(Resource).default([]) });

export interface PatchOperation {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  readonly value: unknown;
}

/** Every method @throws {ScimConnectionError} for a refused token, {ScimRefusal} for anything else. */
export interface ScimClient {
  /** The request of "Test connection". @throws {ScimConnectionError} for whatever is not an empty list */
  probe(): Promise<void>;
  find(path: ResourcePath, attribute: string, value: string): Promise<Resource | null>;
  /** Null when there is no such resource. */
  read(path: ResourcePath, id: string): Promise<Resource | null>;
  create(path: ResourcePath, body: Record<string, unknown>): Promise<string>;
  patch(path: ResourcePath, id: string, operations: readonly PatchOperation[]): Promise<void>;
  remove(path: ResourcePath, id: string): Promise<void>;
}

const PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** @param cycle as in {@link makeScimTransport} */
export function makeScimClient(kernel: Kernel, connection: ScimConnection, cycle?: AbortSignal): ScimClient {
  const { send, refusal, unexpected } = makeScimTransport(kernel, connection, cycle);

  /** @throws {ScimRefusal} also for an answer that is no such resource */
  function parse<T>(answer: ScimAnswer, schema: z.ZodType<T>): T {
    const parsed = answer.ok ? schema.safeParse(parseJson(answer.text)) : null;
    if (parsed?.success) return parsed.data;
    throw refusal(answer);
  }

  return {
    async probe() {
      const request = { method: "GET", path: `Users?filter=userName+eq+%22${kernel.random.uuid()}%22` };
      const answer = await sendProbe(request);
      if (answer.ok && ListResponse.safeParse(parseJson(answer.text)).success) return;
      throw unexpected(request, answer);
    },
    async find(path, attribute, value) {
      const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`);
      const answer = await send({ method: "GET", path: `${path}?filter=${filter}` });
      return parse(answer, ListResponse).Resources[0] ?? null;
    },
    async read(path, id) {
      const answer = await send({ method: "GET", path: `${path}/${id}` });
      return answer.status === 404 ? null : parse(answer, Resource);
    },
    async create(path, body) {
      return parse(await send({ method: "POST", path, body }), Resource).id;
    },
    async patch(path, id, operations) {
      const body = { schemas: [PATCH_SCHEMA], Operations: operations };
      const answer = await send({ method: "PATCH", path: `${path}/${id}`, body });
      if (!answer.ok) throw refusal(answer);
    },
    async remove(path, id) {
      const answer = await send({ method: "DELETE", path: `${path}/${id}` });
      if (!answer.ok && answer.status !== 404) throw refusal(answer);
    },
  };

  async function sendProbe(request: ScimRequest): Promise<ScimAnswer> {
    try {
      return await send(request);
    } catch (error) {
      if (!(error instanceof ScimRefusal)) throw error;
      throw unavailable("no connection could be made");
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
