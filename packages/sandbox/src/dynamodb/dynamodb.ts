import dynalite from "dynalite";
import { inject } from "light-my-request";
import type { Kernel, Service } from "../kernel/kernel.ts";

/**
 * DynamoDB by dynalite, in memory and without a socket. It knows no time: items do not expire, capacity does not run
 * out.
 */
export function makeDynamoDb({ calls, clock }: Pick<Kernel, "calls" | "clock">): Service {
  const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
  return {
    async fetch(request) {
      const { pathname, search } = new URL(request.url);
      const answering = inject((incoming, outgoing) => server.emit("request", incoming, outgoing), {
        method: request.method as "POST",
        url: pathname + search,
        headers: Object.fromEntries(request.headers),
        payload: Buffer.from(await request.arrayBuffer()),
      });
      const answer = await (clock.during?.(answering) ?? answering);
      const operation = request.headers.get("x-amz-target")?.split(".").at(-1);
      calls.record("dynamodb", operation ?? "unknown", answer.statusCode);
      if (answer.payload.includes("UnknownOperationException")) return unknownOperation(operation);
      return new Response(Uint8Array.from(answer.rawPayload), {
        status: answer.statusCode,
        headers: answer.headers as Record<string, string>,
      });
    },
  };
}

/** Dynalite says no more than the name of the error. */
function unknownOperation(operation = "an operation without a name"): Response {
  const __type = "com.amazon.coral.service#UnknownOperationException";
  const message = `The sandbox does not imitate dynamodb.${operation}; see packages/sandbox/src/dynamodb/coverage.md.`;
  return Response.json(
    { __type, message },
    { status: 400, headers: { "content-type": "application/x-amz-json-1.0" } },
  );
}
