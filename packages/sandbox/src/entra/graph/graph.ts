import { type Context, Hono } from "hono";
import * as z from "zod";
import type { Service } from "../../kernel/kernel.ts";
import { GraphRefusal, denied, errorResponse, notImplemented, unauthenticated } from "../errors.ts";
import { type Registration, rolesOf } from "../login/access-token.ts";
import { parseQuery } from "../odata-query.ts";
import { isoNow } from "../state.ts";
import { parseBatch, runBatch } from "./batch.ts";
import { type Operation, readBody } from "./operation.ts";
import { type GraphWorld, graphOperations } from "./operations.ts";
import { areMet } from "./permissions.ts";
import { costOf } from "./throttling/resource-units.ts";
import { makeThrottle } from "./throttling/throttle.ts";

/** `graph.microsoft.com`, version 1.0: what a client needs to connect the tenant to AWS, and no more. */
export function makeGraph(world: GraphWorld, registration: Registration): Service {
  const { state } = world;
  const throttle = makeThrottle(state, registration.clientId);
  const app = new Hono();

  /** @param respond may add headers, which the answer has also when it refuses */
  async function answer(request: Request, name: string, respond: (headers: Headers) => Promise<Response>) {
    const requestId = state.kernel.random.uuid();
    const clientRequestId = request.headers.get("client-request-id") ?? requestId;
    const headers = new Headers({ "request-id": requestId, "client-request-id": clientRequestId });
    let response: Response;
    try {
      response = await respond(headers);
    } catch (error) {
      if (!(error instanceof GraphRefusal)) throw error;
      response = errorResponse(error, { requestId, clientRequestId, date: isoNow(state) });
    }
    for (const [header, value] of headers) response.headers.set(header, value);
    state.kernel.calls.record("graph", name, response.status);
    return response;
  }

  function authenticate(request: Request): string[] {
    const header = request.headers.get("authorization") ?? "";
    const token = /^Bearer (.+)$/i.exec(header)?.[1];
    if (!token) throw unauthenticated("Access token is empty.");
    const roles = rolesOf(token, registration);
    if (!roles) throw unauthenticated("Access token validation failure. Invalid signature or audience.");
    return roles;
  }

  async function run(operation: Operation, { req }: Context, headers: Headers): Promise<Response> {
    const roles = authenticate(req.raw);
    const url = new URL(req.url);
    throttle.admit(costOf(operation.method, operation.path, url.searchParams), headers);
    if (!areMet(operation.needs, roles)) throw denied();
    const eventual = req.header("ConsistencyLevel")?.toLowerCase() === "eventual";
    return operation.handle({
      url,
      roles,
      query: parseQuery(operation.ownQuery ? new URLSearchParams() : url.searchParams, eventual),
      param: (name) => req.param(name) ?? "",
      body: (schema) => readBody(req.raw, schema),
    });
  }

  for (const operation of graphOperations(world)) {
    const path = `/v1.0${operation.path.replaceAll(/\{(\w+)\}/g, ":$1")}`;
    app.on(operation.method, path, (context: Context) =>
      answer(context.req.raw, `${operation.method} ${operation.path}`, (headers) =>
        run(operation, context, headers),
      ),
    );
  }
  app.post("/v1.0/$batch", ({ req }) =>
    // The items alone count against the quotas.
    answer(req.raw, "POST /$batch", async () => {
      authenticate(req.raw);
      const batch = parseBatch(await readBody(req.raw, z.unknown()));
      return runBatch(batch, {
        authorization: req.header("authorization") ?? "",
        random: state.kernel.random,
        send: async (request) => app.fetch(request),
      });
    }),
  );
  app.notFound(({ req }) =>
    answer(req.raw, `${req.method} (unknown)`, async () => {
      authenticate(req.raw);
      throw notImplemented(`${req.method} ${req.path}`);
    }),
  );
  // Hono would turn a fault of the sandbox into a bare 500.
  app.onError((error) => {
    throw error;
  });
  return { fetch: (request) => app.fetch(request) };
}
