import type { ClientSecretCredentialOptions } from "@azure/identity";

type HttpClient = NonNullable<ClientSecretCredentialOptions["httpClient"]>;
type HttpHeaders = Awaited<ReturnType<HttpClient["sendRequest"]>>["headers"];

/** Sends what @azure/identity sends (form posts as text) through the given `fetch`. */
export function makeIdentityHttpClient(fetch: typeof globalThis.fetch): HttpClient {
  return {
    async sendRequest(request) {
      const response = await fetch(request.url, {
        method: request.method,
        headers: Object.fromEntries(request.headers),
        redirect: "manual",
        ...(typeof request.body === "string" && { body: request.body }),
        ...(request.abortSignal instanceof AbortSignal && { signal: request.abortSignal }),
      });
      return {
        request,
        status: response.status,
        headers: pipelineHeaders(response.headers),
        bodyAsText: await response.text(),
      };
    },
  };
}

/** The Azure pipeline's header interface, for which it exports no constructor through @azure/identity. */
function pipelineHeaders(headers: Headers): HttpHeaders {
  return {
    get: (name) => headers.get(name) ?? undefined,
    has: (name) => headers.has(name),
    set: (name, value) => headers.set(name, String(value)),
    delete: (name) => headers.delete(name),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers.entries(),
  };
}
