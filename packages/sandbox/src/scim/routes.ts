import { DuplicatePrincipal } from "../identity-store/unique-keys.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { TokenBucket } from "../kernel/token-bucket.ts";
import { conflict, errorResponse, ScimError, throttled, unauthorized, validation } from "./errors.ts";
import { makeGroupOperations } from "./group-handlers.ts";
import { completeList } from "./list-response.ts";
import type { ScimAnswer, ScimOperation } from "./operation.ts";
import { findSchema, listResourceTypes, listSchemas } from "./resource-schemas.ts";
import { SERVICE_PROVIDER_CONFIG } from "./service-provider-config.ts";
import type { ScimState } from "./state.ts";
import { makeUserOperations } from "./user-handlers.ts";

/** Requests a second for each API (Identity Center user guide, "Quotas"). */
const WRITES_PER_SECOND = 25;
const READS_PER_SECOND = 40;

/** Operations by method and path. */
const ROUTES: Readonly<Record<string, string>> = {
  "GET /ServiceProviderConfig": "ServiceProviderConfig",
  "GET /Schemas": "ListSchemas",
  "GET /Schemas/{id}": "GetSchema",
  "GET /ResourceTypes": "ListResourceTypes",
  "POST /Users": "CreateUser",
  "GET /Users": "ListUsers",
  "GET /Users/{id}": "GetUser",
  "PUT /Users/{id}": "PutUser",
  "PATCH /Users/{id}": "PatchUser",
  "DELETE /Users/{id}": "DeleteUser",
  "POST /Groups": "CreateGroup",
  "GET /Groups": "ListGroups",
  "GET /Groups/{id}": "GetGroup",
  "PATCH /Groups/{id}": "PatchGroup",
  "DELETE /Groups/{id}": "DeleteGroup",
};

interface Route {
  readonly tenantId: string;
  readonly id: string;
  /** Null when there is no such operation. */
  readonly operation: string | null;
}

/** IAM Identity Center's SCIM endpoint: `/{tenantId}/scim/v2/…`. */
export function makeScim(kernel: Kernel, state: ScimState): Service {
  const operations: Readonly<Record<string, ScimOperation>> = {
    ServiceProviderConfig: () => ({ status: 200, body: SERVICE_PROVIDER_CONFIG }),
    ListSchemas: () => ({ status: 200, body: completeList(listSchemas()) }),
    GetSchema: ({ id }) => {
      const schema = findSchema(id.replaceAll(/%3a/gi, ":"));
      if (schema === undefined) throw validation("There is no such schema");
      return { status: 200, body: schema };
    },
    ListResourceTypes: () => ({
      status: 200,
      body: completeList(listResourceTypes(state.endpoint() ?? "")),
    }),
    ...makeUserOperations(state),
    ...makeGroupOperations(state, kernel.clock),
  };
  const buckets = new Map(
    Object.entries(ROUTES).map(([route, name]) => {
      const rate = route.startsWith("GET ") ? READS_PER_SECOND : WRITES_PER_SECOND;
      return [name, new TokenBucket(kernel.clock, rate)];
    }),
  );

  const answer = async (request: Request, route: Route): Promise<ScimAnswer> => {
    authorize(state, request, route.tenantId);
    const operation = route.operation === null ? undefined : operations[route.operation];
    if (route.operation === null || operation === undefined) {
      throw validation(
        `${request.method} is not imitated here; see packages/sandbox/src/scim/coverage.md for what is`,
      );
    }
    if (buckets.get(route.operation)?.take() === false) throw throttled();
    const body = await parseBody(request);
    return operation({ id: route.id, body, query: new URL(request.url).searchParams });
  };

  const requestIds = kernel.random.fork();
  return {
    async fetch(request) {
      const requestId = requestIds.uuid();
      const route = findRoute(request);
      let response: Response;
      try {
        response = toResponse(await answer(request, route));
      } catch (error) {
        response = errorResponse(toScimError(error), { requestId, now: kernel.clock.now() });
      }
      response.headers.set("x-amzn-RequestId", requestId);
      kernel.calls.record("scim", route.operation ?? "unknown", response.status);
      return response;
    },
  };
}

function findRoute(request: Request): Route {
  const path = new URL(request.url).pathname;
  const match = /^\/([^/]+)\/scim\/v2(\/[^/]+)(?:\/([^/]+))?$/.exec(path);
  const [tenantId = "", resource = "", id = ""] = match?.slice(1) ?? [path.split("/")[1] ?? ""];
  const template = id === "" ? resource : `${resource}/{id}`;
  return { tenantId, id, operation: ROUTES[`${request.method} ${template}`] ?? null };
}

function authorize(state: ScimState, request: Request, tenantId: string): void {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer === undefined) throw unauthorized("No bearer token");
  if (!state.accepts(tenantId, bearer))
    throw unauthorized("The token is wrong, expired or deleted, or the tenant is");
}

async function parseBody(request: Request): Promise<unknown> {
  if (request.method === "GET" || request.method === "DELETE") return null;
  const text = await request.text();
  try {
    return JSON.parse(text);
  } catch {
    throw validation("Invalid JSON from RequestBody");
  }
}

function toScimError(error: unknown): ScimError {
  if (error instanceof ScimError) return error;
  if (error instanceof DuplicatePrincipal) return conflict(error.message);
  throw error;
}

function toResponse({ status, body }: ScimAnswer): Response {
  const content = body === undefined ? null : JSON.stringify(body);
  return new Response(content, { status, headers: { "content-type": "application/json" } });
}
