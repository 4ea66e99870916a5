import {
  InvokeCommand,
  type InvokeCommandInput,
  LambdaClient,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { describe, expect, it } from "vitest";
import { inProcess } from "../../test-support/in-process.ts";
import { makeVirtualClock } from "../../test-support/virtual-clock.ts";
import { LocalLambda } from "./local-lambda.ts";
import { makeLambdaService } from "./wire.ts";

const ARN = "arn:aws:lambda:eu-central-1:111122223333:function:sync";
const MEGABYTE = 1024 * 1024;

function makeBench(run: (payload: unknown) => unknown = (payload) => payload) {
  const clock = makeVirtualClock();
  const calls: { readonly functionArn: string; readonly at: number }[] = [];
  const lambda = new LocalLambda({
    clock,
    region: "eu-central-1",
    accountId: "111122223333",
    functions: new Set(["sync"]),
    async invoke(functionArn, payload) {
      calls.push({ functionArn, at: clock.now() });
      return run(payload);
    },
  });
  const client = new LambdaClient(inProcess(makeLambdaService(lambda)));
  return {
    clock,
    client,
    calls,
    lambda,
    async invoke(Payload?: string, change: Partial<InvokeCommandInput> = {}) {
      const command = new InvokeCommand({
        FunctionName: "sync",
        ...(Payload !== undefined && { Payload }),
        ...change,
      });
      const { Payload: answer, ...rest } = await client.send(command);
      return { ...rest, text: answer?.transformToString() };
    },
  };
}

function payloadOf(bytes: number): string {
  return JSON.stringify("x".repeat(bytes - 2));
}

function fail(): never {
  throw new RangeError("out of range");
}

describe("Invoke, through the AWS SDK", () => {
  it("answers with what the function returns", async () => {
    const { invoke, calls } = makeBench();

    const answer = await invoke('{"mode":"plan"}');
    expect(answer).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST", text: '{"mode":"plan"}' });
    expect(answer.FunctionError).toBeUndefined();
    expect(calls).toMatchObject([{ functionArn: ARN }]);
  });

  it("gives a function an empty object for no payload, and answers null for no answer", async () => {
    const seen: unknown[] = [];
    const { invoke } = makeBench((payload) => void seen.push(payload));

    expect((await invoke()).text).toBe("null");
    expect(seen).toEqual([{}]);
  });

  it.each(["sync", "sync:$LATEST", "function:sync", "111122223333:function:sync", ARN, `${ARN}:$LATEST`])(
    "finds the function as %s",
    async (FunctionName) => {
      const { invoke, calls } = makeBench();
      await invoke("{}", { FunctionName });

      expect(calls).toMatchObject([{ functionArn: ARN }]);
    },
  );

  it.each(["other", "sync:live", ARN.replace("eu-central-1", "us-east-1"), `${ARN}-2`])(
    "does not find %s",
    async (FunctionName) => {
      await expect(makeBench().invoke("{}", { FunctionName })).rejects.toMatchObject({
        name: "ResourceNotFoundException",
        message: expect.stringContaining("Function not found: arn:aws:lambda:") as string,
        $metadata: { httpStatusCode: 404 },
      });
    },
  );

  it("has no version but $LATEST", async () => {
    const { invoke } = makeBench();

    expect(await invoke("{}", { Qualifier: "$LATEST" })).toMatchObject({ StatusCode: 200 });
    await expect(invoke("{}", { Qualifier: "7" })).rejects.toMatchObject({
      message: `Function not found: ${ARN}:7`,
    });
  });

  it("answers 200 with the error that a function threw", async () => {
    const answer = await makeBench(fail).invoke("{}");

    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: "Unhandled" });
    expect(JSON.parse(answer.text ?? "")).toEqual({
      errorType: "RangeError",
      errorMessage: "out of range",
      trace: [],
    });
  });

  it("with DryRun looks whether the function exists and does not run it", async () => {
    const { invoke, calls } = makeBench();

    expect(await invoke("{}", { InvocationType: "DryRun" })).toMatchObject({ StatusCode: 204 });
    expect(calls).toEqual([]);
  });

  it("takes 6 MB, and 1 MB for an event", async () => {
    const { invoke } = makeBench(() => null);
    const refusal = { name: "RequestTooLargeException", $metadata: { httpStatusCode: 413 } };

    await expect(invoke(payloadOf(6 * MEGABYTE))).resolves.toMatchObject({ StatusCode: 200 });
    await expect(invoke(payloadOf(6 * MEGABYTE + 1))).rejects.toMatchObject(refusal);
    await expect(invoke(payloadOf(MEGABYTE), { InvocationType: "Event" })).resolves.toMatchObject({
      StatusCode: 202,
    });
    await expect(invoke(payloadOf(MEGABYTE + 1), { InvocationType: "Event" })).rejects.toMatchObject(refusal);
  });

  it("fails a function whose answer is larger than 6 MB", async () => {
    const answer = await makeBench(() => "x".repeat(6 * MEGABYTE)).invoke("{}");

    expect(answer.FunctionError).toBe("Unhandled");
    expect(answer.text).toContain("Function.ResponseSizeTooLarge");
  });

  it("refuses what is no JSON, and what is not imitated", async () => {
    const { client, invoke } = makeBench();

    await expect(invoke("{")).rejects.toMatchObject({ name: "InvalidRequestContentException" });
    await expect(invoke("{}", { FunctionName: "a b" })).rejects.toMatchObject({
      name: "InvalidParameterValueException",
    });
    await expect(invoke("{}", { LogType: "Tail" })).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message: "LogType Tail is not imitated here; see packages/local/src/lambda/coverage.md.",
    });
    await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: "UnknownOperationException",
    });
  });
});

describe("an asynchronous invocation", () => {
  it("is accepted before the function runs", async () => {
    const { clock, invoke, calls, lambda } = makeBench();

    expect(await invoke("{}", { InvocationType: "Event" })).toMatchObject({ StatusCode: 202 });
    await clock.sleep(1);
    expect(calls).toHaveLength(1);
    expect(lambda.discarded).toEqual([]);
  });

  it("is tried again after one minute and after two more, and then discarded", async () => {
    const { clock, invoke, calls, lambda } = makeBench(fail);
    const start = clock.now();
    await invoke('{"a":1}', { InvocationType: "Event" });
    await clock.sleep(86_400_000);

    expect(calls.map(({ at }) => at - start)).toEqual([0, 60_000, 180_000]);
    expect(lambda.discarded).toMatchObject([{ functionArn: ARN, payload: { a: 1 } }]);
    expect(lambda.discarded[0]?.error).toContain("out of range");
  });

  it("ends with the attempt that works", async () => {
    let count = 0;
    const { clock, invoke, calls, lambda } = makeBench(() => {
      count += 1;
      if (count === 1) fail();
    });
    await invoke("{}", { InvocationType: "Event" });
    await clock.sleep(86_400_000);

    expect(calls).toHaveLength(2);
    expect(lambda.discarded).toEqual([]);
  });

  it("is given up when Lambda is closed", async () => {
    const { clock, invoke, calls, lambda } = makeBench(fail);
    await invoke("{}", { InvocationType: "Event" });
    await clock.sleep(1);
    lambda.close();
    await clock.sleep(86_400_000);

    expect(calls).toHaveLength(1);
  });
});
