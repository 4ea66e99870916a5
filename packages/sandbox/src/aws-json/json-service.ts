import type { Kernel, Service } from "../kernel/kernel.ts";
import { AwsError } from "./aws-error.ts";
import { accessKeyIdOf } from "./access-key.ts";
import type { Call, Operations } from "./operation.ts";

export interface JsonServiceOptions {
  /** Name in the call log. */
  readonly service: string;
  /** Below `packages/sandbox/src`: where the coverage page lies. */
  readonly folder: string;
  /** The part before the operation in `X-Amz-Target`. */
  readonly targetPrefix: string;
  readonly operations: Operations;
  /** Throws the service's throttling error when the quota is spent. */
  readonly throttle: (call: Call) => void;
}

/**
 * An AWS service of protocol `json`, version 1.1: one POST, the operation in `X-Amz-Target`. Signatures are
 * not checked.
 */
export function makeJsonService(kernel: Kernel, options: JsonServiceOptions): Service {
  const requestIds = kernel.random.fork();
  return {
    async fetch(request) {
      const operation = readTarget(request, options.targetPrefix);
      const now = kernel.clock.now();
      const response = await answer(request, { operation, now }, options).catch(errorResponse);
      response.headers.set("x-amzn-requestid", requestIds.uuid());
      kernel.calls.record(options.service, operation ?? "unknown", response.status);
      return response;
    },
  };
}

function readTarget(request: Request, targetPrefix: string): string | null {
  const target = request.headers.get("x-amz-target") ?? "";
  return target.startsWith(`${targetPrefix}.`) ? target.slice(targetPrefix.length + 1) : null;
}

async function answer(
  request: Request,
  { operation: name, now }: { readonly operation: string | null; readonly now: number },
  { folder, operations, targetPrefix, throttle }: JsonServiceOptions,
): Promise<Response> {
  if (request.method !== "POST") throw new AwsError("MethodNotAllowed", "Use POST.", { status: 405 });
  if (name === null) {
    const message = `The header X-Amz-Target must name an operation as ${targetPrefix}.<Operation>.`;
    throw new AwsError("UnknownOperationException", message);
  }
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) {
    const page = `packages/sandbox/src/${folder}/coverage.md`;
    const message = `The sandbox does not imitate ${targetPrefix}.${name}; see ${page}.`;
    throw new AwsError("UnknownOperationException", message);
  }
  const call: Call = { operation: name, accessKeyId: accessKeyIdOf(request), now };
  throttle(call);
  return jsonResponse(200, operation.run(parseBody(await request.text()), call) ?? {});
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch (error) {
    throw new AwsError("SerializationException", "The request body is not JSON.", {
      members: { Reason: error instanceof Error ? error.message : "unreadable" },
    });
  }
}

function errorResponse(error: unknown): Response {
  if (!(error instanceof AwsError)) throw error;
  return jsonResponse(error.status, { __type: error.name, Message: error.message, ...error.members });
}

function jsonResponse(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "content-type": "application/x-amz-json-1.1" },
  });
}
