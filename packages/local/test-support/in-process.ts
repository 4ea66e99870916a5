import { contractLayer } from "@landbridge/contract-check";

interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, string | string[] | null>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

/**
 * Configuration for an AWS SDK client that talks to a service in this process, so that nothing waits for a socket; checked
 * against the contract of the service that the request is signed for.
 */
export function inProcess(service: { fetch(request: Request): Response | Promise<Response> }) {
  return {
    region: "eu-central-1",
    endpoint: "http://127.0.0.1",
    credentials: { accessKeyId: "sandbox", secretAccessKey: "sandbox" },
    maxAttempts: 1,
    requestHandler: {
      metadata: { handlerProtocol: "http/1.1" },
      async handle({ method, path, query = {}, headers, body }: SdkRequest) {
        const url = new URL(`http://127.0.0.1${path}`);
        for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
        const init = {
          method,
          headers,
          ...(body !== undefined && { body: body as NonNullable<RequestInit["body"]> }),
        };
        const signedFor = /Credential=(?:[^/]*\/){3}([^/]+)/.exec(headers["authorization"] ?? "")?.[1] ?? "";
        const checked = contractLayer("simulator")(signedFor, service);
        const response = await checked.fetch(new Request(url, init));
        return {
          response: {
            statusCode: response.status,
            headers: Object.fromEntries(response.headers),
            body: new Uint8Array(await response.arrayBuffer()),
          },
        };
      },
    },
  };
}
