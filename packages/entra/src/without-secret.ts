import { GraphError } from "@microsoft/microsoft-graph-client";

/** The same refusal as a new error: Graph may quote the request, and the old error's stack repeats its message. */
export function withoutSecret(error: GraphError, secret: string): GraphError {
  const scrub = (text: string): string =>
    text.replaceAll(secret, "[secret]").replaceAll(encodeURIComponent(secret), "[secret]");
  const clean = new GraphError(error.statusCode, scrub(error.message));
  clean.code = error.code === null ? null : scrub(error.code);
  clean.requestId = error.requestId;
  clean.date = error.date;
  clean.body = typeof error.body === "string" ? scrub(error.body) : null;
  if (error.headers) clean.headers = error.headers;
  return clean;
}
