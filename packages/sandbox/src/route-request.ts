/** The signing name of each AWS service and the segment that it is mounted at. */
const SEGMENTS: Readonly<Record<string, string>> = {
  sso: "sso-admin",
  identitystore: "identitystore",
  organizations: "organizations",
  secretsmanager: "secretsmanager",
  s3: "s3",
  dynamodb: "dynamodb",
  sts: "sts",
  states: "states",
  events: "events",
  scheduler: "scheduler",
  lambda: "lambda",
  "execute-api": "execute-api",
};

/**
 * Where a request goes, and the request as the service there sees it. The service is that of the AWS signature (SigV4
 * credential scope), so that one AWS_ENDPOINT_URL serves every client; without a signature it is the first segment of the
 * path. If that segment names the service, it is removed.
 */
export async function routeRequest(
  request: Request,
): Promise<{ readonly segment: string; readonly request: Request }> {
  const url = new URL(request.url);
  const first = url.pathname.split("/")[1] ?? "";
  const segment = SEGMENTS[signingName(request) ?? ""] ?? first;
  if (segment === first) url.pathname = url.pathname.slice(segment.length + 1) || "/";
  const { method, headers } = request;
  const hasBody = method !== "GET" && method !== "HEAD";
  // Buffered, so that the copy does not depend on how the server represents the original.
  const body = hasBody && { body: await request.arrayBuffer() };
  return { segment, request: new Request(url, { method, headers, ...body }) };
}

function signingName(request: Request): string | undefined {
  const authorization = request.headers.get("authorization") ?? "";
  const scope = /^AWS4-HMAC-SHA256 .*?Credential=[^/,\s]*\/\d{8}\/[^/,\s]+\/([^/,\s]+)\/aws4_request/;
  return scope.exec(authorization)?.[1];
}
