import { type ApiClient, makeApiClient } from "@landbridge/cli/api-client";
import type { LocalHost } from "@landbridge/host/local-host";

/** A client of the API that signs as the access key; null: not at all. No sockets. */
export function apiAs(
  { sandbox }: Pick<LocalHost, "sandbox">,
  accessKey: string | null,
): ApiClient & { fetch: (path: string, init?: RequestInit) => Promise<Response> } {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/20260302/eu-central-1/execute-api/aws4_request, SignedHeaders=host, Signature=0`;
  function sign(request: Request): Promise<Request> {
    if (accessKey !== null) request.headers.set("authorization", authorization);
    return Promise.resolve(request);
  }
  const url = "http://127.0.0.1/execute-api";
  return {
    ...makeApiClient(url, sign, (input, init) => sandbox.fetch(new Request(input, init))),
    fetch: async (path, init) => sandbox.fetch(await sign(new Request(`${url}/v1${path}`, init))),
  };
}
