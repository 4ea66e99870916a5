import * as z from "zod";
import { COVERAGE_HINT, badRequest } from "../errors.ts";
import type { Query } from "../odata-query.ts";
import type { Needs } from "./permissions.ts";

/** One request to an operation, already let in. */
export interface GraphCall {
  readonly url: URL;
  readonly query: Query;
  /** Application permissions in the caller's token. */
  readonly roles: readonly string[];
  /** A `{name}` of the operation's path. */
  readonly param: (name: string) => string;
  /** @throws {GraphRefusal} 400 when the body is no JSON or not of the schema */
  readonly body: <T>(schema: z.ZodType<T>) => Promise<T>;
}

/** One row of the API: what the Graph reference has a page for. */
export interface Operation {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below /v1.0, parameters as `{name}`. */
  readonly path: string;
  readonly needs: Needs;
  /** Reads the query options by its own rules: {@link GraphCall.query} is empty. */
  readonly ownQuery?: boolean;
  readonly handle: (call: GraphCall) => Response | Promise<Response>;
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}

export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const text = await request.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw badRequest("Unable to read JSON request payload. Send a JSON object.", "BadRequest");
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const foreign = parsed.error.issues.some(({ code }) => code === "unrecognized_keys");
  const hint = foreign ? `. ${COVERAGE_HINT}` : "";
  throw badRequest(`The request body is not valid: ${z.prettifyError(parsed.error)}${hint}`);
}
