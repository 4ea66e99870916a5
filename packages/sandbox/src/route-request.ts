/** `sso-admin` of `/sso-admin/…`; empty for `/`. */
export function firstSegment(request: Request): string {
  return new URL(request.url).pathname.split("/")[1] ?? "";
}

/** The same request as the service mounted at the segment sees it: without the segment. */
export async function below(request: Request, segment: string): Promise<Request> {
  const url = new URL(request.url);
  const rest = url.pathname.slice(segment.length + 1);
  url.pathname = rest === "" ? "/" : rest;
  const { method, headers } = request;
  const hasBody = method !== "GET" && method !== "HEAD";
  // Buffered, so that the copy does not depend on how the server represents the original.
  return new Request(url, { method, headers, ...(hasBody && { body: await request.arrayBuffer() }) });
}
