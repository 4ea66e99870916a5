import dynalite from "dynalite";
import { inject } from "light-my-request";
import type { Kernel, Service } from "../kernel/kernel.ts";

/**
 * DynamoDB by dynalite, in memory and without a socket. It knows no time: items do not expire, capacity does not run
 * out, and a table is active before `CreateTable` answers.
 */
export function makeDynamoDb({ calls, clock }: Pick<Kernel, "calls" | "clock">): Service {
  const server = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });

  function send(headers: Record<string, string>, payload: Buffer) {
    return inject((incoming, outgoing) => server.emit("request", incoming, outgoing), {
      method: "POST",
      url: "/",
      headers,
      payload,
    });
  }

  /** Dynalite sets the status after it has answered; under load a write would come first and be refused. */
  async function untilActive(headers: Record<string, string>, tableName: string): Promise<void> {
    const { "content-length": _, ...others } = headers;
    const describe = { ...others, "x-amz-target": "DynamoDB_20120810.DescribeTable" };
    for (;;) {
      const { payload } = await send(describe, Buffer.from(JSON.stringify({ TableName: tableName })));
      if (/"TableStatus":"ACTIVE"/.test(payload)) return;
    }
  }

  async function answerTo(operation: string | undefined, headers: Record<string, string>, payload: Buffer) {
    const answer = await send(headers, payload);
    if (operation === "CreateTable" && answer.statusCode === 200) {
      const { TableDescription } = answer.json<{ TableDescription: { TableName: string } }>();
      await untilActive(headers, TableDescription.TableName);
    }
    return answer;
  }

  return {
    async fetch(request) {
      const operation = request.headers.get("x-amz-target")?.split(".").at(-1);
      const answering = answerTo(
        operation,
        Object.fromEntries(request.headers),
        Buffer.from(await request.arrayBuffer()),
      );
      const answer = await (clock.during?.(answering) ?? answering);
      calls.record("dynamodb", operation ?? "unknown", answer.statusCode);
      if (answer.payload.includes("UnknownOperationException")) return unknownOperation(operation);
      return new Response(Uint8Array.from(answer.rawPayload), {
        status: answer.statusCode,
        headers: answer.headers as Record<string, string>,
      });
    },
  };
}

/** Dynalite returns only the error's name. */
function unknownOperation(operation = "an operation without a name"): Response {
  const __type = "com.amazon.coral.service#UnknownOperationException";
  const message = `The sandbox does not imitate dynamodb.${operation}; see packages/sandbox/src/dynamodb/coverage.md.`;
  return Response.json(
    { __type, message },
    { status: 400, headers: { "content-type": "application/x-amz-json-1.0" } },
  );
}
