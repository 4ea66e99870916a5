/** Access key id of a SigV4 signature in the Authorization header; null without one. Signatures are not checked. */
export function accessKeyIdOf(request: Request): string | null {
  return credentialOf(request)?.[0] ?? null;
}

/** Region that the request is signed for; null without a signature. */
export function signedRegionOf(request: Request): string | null {
  return credentialOf(request)?.[2] ?? null;
}

/** Access key id, date, region, service (SigV4, credential scope). */
function credentialOf(request: Request): string[] | null {
  const authorization = request.headers.get("authorization") ?? "";
  const credential = /^AWS4-HMAC-SHA256 .*?Credential=([^,\s]+)/.exec(authorization)?.[1];
  return credential?.split("/") ?? null;
}
