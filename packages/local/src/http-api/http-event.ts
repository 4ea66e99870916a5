/** The signer of a request, as API Gateway's IAM authorizer reports it. */
export interface IamCaller {
  readonly accessKey: string;
  readonly accountId: string;
  readonly userArn: string;
}

/** A request as a function gets it: payload format 2.0 of HTTP APIs (API Gateway developer guide, "Lambda proxy integrations"). */
export interface HttpEvent {
  readonly version: "2.0";
  readonly routeKey: string;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly queryStringParameters?: Readonly<Record<string, string>>;
  readonly requestContext: {
    readonly accountId: string;
    readonly apiId: string;
    readonly authorizer?: { readonly iam: IamCaller };
    readonly domainName: string;
    readonly http: {
      readonly method: string;
      readonly path: string;
      readonly protocol: string;
      readonly sourceIp: string;
      readonly userAgent: string;
    };
    readonly requestId: string;
    readonly routeKey: string;
    readonly stage: string;
    /** Milliseconds since the epoch. */
    readonly timeEpoch: number;
  };
  readonly body?: string;
  readonly isBase64Encoded: boolean;
}

interface Circumstances {
  readonly routeKey: string;
  readonly accountId: string;
  readonly requestId: string;
  readonly now: number;
  readonly caller: IamCaller | null;
}

export async function toHttpEvent(request: Request, circumstances: Circumstances): Promise<HttpEvent> {
  const { routeKey, accountId, requestId, now, caller } = circumstances;
  const url = new URL(request.url);
  const path = decode(url.pathname);
  const headers = Object.fromEntries(request.headers);
  const body = await request.text();
  return {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    headers,
    ...(url.search !== "" && { queryStringParameters: Object.fromEntries(url.searchParams) }),
    requestContext: {
      accountId,
      apiId: "local",
      ...(caller && { authorizer: { iam: caller } }),
      domainName: url.host,
      http: {
        method: request.method,
        path,
        protocol: "HTTP/1.1",
        sourceIp: "127.0.0.1",
        userAgent: headers["user-agent"] ?? "",
      },
      requestId,
      routeKey,
      stage: "$default",
      timeEpoch: now,
    },
    ...(body !== "" && { body }),
    isBase64Encoded: false,
  };
}

/** AWS does not document this; functions get the harder case, a path whose escapes are decoded. */
function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

interface HttpResult {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** Converts a function's result to an answer: with a `statusCode`, or else as JSON with 200. */
export function toResponse(result: unknown): Response {
  if (!isHttpResult(result)) return Response.json(result ?? null);
  const { statusCode, headers, body = "", isBase64Encoded } = result;
  const isEmpty = statusCode === 204 || statusCode === 304;
  const content = isBase64Encoded ? Buffer.from(body, "base64") : body;
  return new Response(isEmpty ? null : content, { status: statusCode, ...(headers && { headers }) });
}

function isHttpResult(result: unknown): result is HttpResult {
  return typeof result === "object" && result !== null && "statusCode" in result;
}
