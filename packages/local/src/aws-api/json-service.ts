import { ApiError, asApiError, NotImitated } from "./api-error.ts";

export interface Service {
  fetch(request: Request): Promise<Response>;
}

/** Gets the parsed body, gives the body of the answer; throws {ApiError}. */
export type Operation = (input: unknown) => object;

/** A service that uses AWS JSON 1.1. It ignores signatures. */
export function makeJsonService(options: {
  /** With its dot: `AWSEvents.` */
  readonly targetPrefix: string;
  readonly operations: Readonly<Record<string, Operation>>;
  /** Path of the page that a refusal names. */
  readonly coveragePage: string;
}): Service {
  const { targetPrefix, operations, coveragePage } = options;
  return {
    async fetch(request) {
      try {
        const name = (request.headers.get("x-amz-target") ?? "").replace(targetPrefix, "");
        const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
        if (!operation) {
          throw new NotImitated(`Operation ${name || "(none named)"}`, "UnknownOperationException");
        }
        return answer(200, operation(parseBody(await request.text())));
      } catch (thrown) {
        const { name, message, status } = asApiError(thrown, coveragePage);
        return answer(status, { __type: name, message });
      }
    },
  };
}

/** @throws {ApiError} SerializationException */
export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body || "{}");
  } catch (error) {
    throw new ApiError("SerializationException", `The body is not JSON: ${(error as Error).message}`);
  }
}

function answer(status: number, body: object): Response {
  const headers = { "content-type": "application/x-amz-json-1.1" };
  return new Response(JSON.stringify(body), { status, headers });
}
