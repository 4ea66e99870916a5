/** Access key id of a SigV4 signature in the Authorization header; null without one. Signatures are not checked. */
export function accessKeyIdOf(request: Request): string | null {
  const authorization = request.headers.get("authorization") ?? "";
  return /^AWS4-HMAC-SHA256 .*?Credential=([^/,\s]+)\//.exec(authorization)?.[1] ?? null;
}
