/** A request that Microsoft Graph refuses; becomes its error envelope. */
export class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, code: string, details: { message: string; retryAfterSeconds?: number }) {
    super(details.message);
    this.status = status;
    this.code = code;
    this.retryAfterSeconds = details.retryAfterSeconds;
  }
}

export function badRequest(message: string, code = "Request_BadRequest"): GraphRefusal {
  return new GraphRefusal(400, code, { message });
}

export function unsupportedQuery(message: string): GraphRefusal {
  return new GraphRefusal(400, "Request_UnsupportedQuery", { message });
}

/** Also what a new object answers until every replica has it. */
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

/** What Graph may well do, but the sandbox does not. */
export function notImplemented(what: string): GraphRefusal {
  const message = `The sandbox does not imitate ${what}; see packages/sandbox/src/entra/coverage.md.`;
  return new GraphRefusal(501, "NotImplemented", { message });
}

export function throttled(retryAfterSeconds: number): GraphRefusal {
  return new GraphRefusal(429, "TooManyRequests", {
    message: `Too many requests. Try again in ${retryAfterSeconds} seconds.`,
    retryAfterSeconds,
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
  const { status, code, message, retryAfterSeconds } = refusal;
  const headers = retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) };
  return Response.json({ error: { code, message, innerError } }, { status, headers });
}
