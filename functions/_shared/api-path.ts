/**
 * Whether every reader interprets the path in the same way. IAM policies allow callers single paths, and API Gateway checks
 * the whole path; whether it passes it on (`rawPath`) decoded is not documented. A path that ends at an escaped `?` for one
 * reader and continues to `/answer` for the other would bypass such a policy.
 */
export function isPlain(path: string): boolean {
  const decoded = decode(path);
  if (decoded === null || /[?#\\%\s\p{Cc}]/u.test(decoded)) return false;
  const [first, ...segments] = decoded.split("/");
  return first === "" && segments.every((segment) => segment !== "" && segment !== "." && segment !== "..");
}

interface Routed {
  readonly routeKey: string;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** False for a route that accepts any method: for some, such as TRACE, no `Request` can be created. */
export function hasMethodOfRoute({ routeKey, requestContext }: Routed): boolean {
  return routeKey.startsWith(`${requestContext.http.method} `);
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
