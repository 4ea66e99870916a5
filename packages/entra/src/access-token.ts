import { FlowError } from "@landbridge/core";

/** The claims of a JWT, unverified: for reading what we were given, never for trusting what others send. */
export function readClaims(token: string): Record<string, unknown> {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8"));
    if (typeof claims === "object" && claims !== null) return claims as Record<string, unknown>;
  } catch {
    // The parser's message would quote the token.
  }
  throw new FlowError("IncompleteRead", "The token that was issued is not a readable JWT");
}
