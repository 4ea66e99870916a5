/** A request that Microsoft Graph refuses; becomes its error envelope. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    details: { readonly message: string; readonly headers?: Readonly<Record<string, string>> },
  ) {
    super(details.message);
    this.status = status;
    this.code = code;
    this.headers = details.headers ?? {};
  }
}

export function badRequest(message: string, code = "Request_BadRequest"): GraphRefusal {
  return new GraphRefusal(400, code, { message });
}

export function unsupportedQuery(message: string): GraphRefusal {
  return new GraphRefusal(400, "Request_UnsupportedQuery", { message });
}

/** Also the answer about a new object until every replica has it. */
export function notFound(id: string): GraphRefusal {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return new GraphRefusal(404, "Request_ResourceNotFound", { message });
}

export function unauthenticated(message: string): GraphRefusal {
  return new GraphRefusal(401, "InvalidAuthenticationToken", { message });
}

export function denied(): GraphRefusal {
  return new GraphRefusal(403, "Authorization_RequestDenied", {
    message: "Insufficient privileges to complete the operation.",
  });
}

/** For input that Graph may accept but the sandbox does not. */
export const COVERAGE_HINT = "What the sandbox imitates: packages/sandbox/src/entra/coverage.md.";

/** For features that Graph may have but the sandbox does not. */
export function notImplemented(what: string): GraphRefusal {
  const message = `The sandbox does not imitate ${what}; see packages/sandbox/src/entra/coverage.md.`;
  return new GraphRefusal(501, "NotImplemented", { message });
}

export function throttled(retryAfterSeconds: number): GraphRefusal {
  return new GraphRefusal(429, "TooManyRequests", {
    message: `Too many requests. Try again in ${retryAfterSeconds} seconds.`,
    headers: { "Retry-After": String(retryAfterSeconds) },
  });
}

/** A delta token that is too old: start again at `location` ("Use delta query to track changes"). */
export function syncStateGone(location: string): GraphRefusal {
  return new GraphRefusal(410, "syncStateNotFound", {
    message: "The sync state of this token is no longer kept. Start a full synchronization.",
    headers: { Location: location },
  });
}

interface RequestIds {
  readonly requestId: string;
  readonly clientRequestId: string;
  /** ISO time. */
  readonly date: string;
}

/** Graph's error envelope (Microsoft Graph error responses and resource types). */
export function errorResponse(refusal: GraphRefusal, ids: RequestIds): Response {
  const innerError = {
    date: ids.date.slice(0, 19),
    "request-id": ids.requestId,
    "client-request-id": ids.clientRequestId,
  };
  const { status, code, message, headers } = refusal;
  return Response.json({ error: { code, message, innerError } }, { status, headers });
}
