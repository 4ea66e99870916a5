import type { RequestHandler } from "@landbridge/aws";

interface HttpRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** Carries the requests of AWS SDK clients by a function call. */
export function makeInProcessHandler(fetch: (request: Request) => Promise<Response>): RequestHandler {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle({ method, protocol, hostname, path, query, headers, body }: HttpRequest) {
      const search = new URLSearchParams(query);
      const url = `${protocol}//${hostname}${path}${search.size === 0 ? "" : `?${search.toString()}`}`;
      const response = await fetch(new Request(url, { method, headers, ...(body && { body }) }));
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: response.body ?? new Uint8Array(),
        },
      };
    },
  };
}
