import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  GetExecutionHistoryCommand,
  ListActivitiesCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from "@aws-sdk/client-sfn";
import { contractLayer } from "@landbridge/contract-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invokeWithToken, machineOf, makeBench } from "../../test-support/run-machine.ts";
import { makeStepFunctionsService } from "./wire.ts";

const PREFIX = "arn:aws:states:eu-central-1:111122223333";
const tokens: string[] = [];
const { local } = makeBench({
  ask: ({ token }: { token: string }) => {
    tokens.push(token);
  },
});
const service = contractLayer("simulator")("states", makeStepFunctionsService(local));
const server = createServer((incoming, outgoing) => {
  void (async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = new Headers(incoming.headers as Record<string, string>);
    const request = new Request("http://localhost/", {
      method: "POST",
      headers,
      body: Buffer.concat(chunks),
    });
    const response = await service.fetch(request);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  })();
});
const asking = machineOf({ Ask: { ...invokeWithToken("ask"), End: true } });
const passing = machineOf({ A: { Type: "Pass", Assign: { startDate: "x" }, End: true } });
let client: SFNClient;
let stateMachineArn: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  client = new SFNClient({ endpoint: `http://127.0.0.1:${port}`, region: "eu-central-1" });
  stateMachineArn = local.createStateMachine("asking", asking);
});
afterAll(() => {
  client.destroy();
  server.close();
});

/** Starts an execution and waits until its task has issued a token. */
async function startAsking(): Promise<{ executionArn: string; taskToken: string }> {
  const count = tokens.length;
  const { executionArn = "" } = await client.send(new StartExecutionCommand({ stateMachineArn }));
  while (tokens.length === count) await new Promise((resolve) => setImmediate(resolve));
  return { executionArn, taskToken: tokens.at(-1) ?? "" };
}

describe("the AWS SDK against the runner", () => {
  it("starts, answers and describes an execution", async () => {
    const { executionArn, taskToken } = await startAsking();
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    await client.send(
      new SendTaskSuccessCommand({ taskToken, output: '{"startDate":"2026-01-01T00:00:00Z"}' }),
    );
    await local.untilEnded(executionArn);

    const description = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(description).toMatchObject({
      status: "SUCCEEDED",
      input: "{}",
      output: '{"startDate":"2026-01-01T00:00:00Z"}',
      startDate: expect.any(Date) as Date,
      stopDate: expect.any(Date) as Date,
    });
  });

  it("fails a task, and stops an execution", async () => {
    const failing = await startAsking();
    await client.send(
      new SendTaskFailureCommand({ taskToken: failing.taskToken, error: "No", cause: "why" }),
    );
    const stopping = await startAsking();
    const { stopDate } = await client.send(
      new StopExecutionCommand({ executionArn: stopping.executionArn, error: "Enough" }),
    );

    expect(stopDate).toBeInstanceOf(Date);
    const describeStatus = async (executionArn: string) => {
      await local.untilEnded(executionArn);
      const { status, error } = await client.send(new DescribeExecutionCommand({ executionArn }));
      return [status, error];
    };
    expect(await describeStatus(failing.executionArn)).toEqual(["FAILED", "No"]);
    expect(await describeStatus(stopping.executionArn)).toEqual(["ABORTED", "Enough"]);
  });

  it("pages through history", async () => {
    const machine = local.createStateMachine("passing", passing);
    const { executionArn = "" } = await client.send(
      new StartExecutionCommand({ stateMachineArn: machine, input: "1" }),
    );
    await local.untilEnded(executionArn);
    const events = [];
    for await (const page of paginateGetExecutionHistory({ client, pageSize: 3 }, { executionArn })) {
      events.push(...(page.events ?? []));
    }

    expect(events.map(({ id, type }) => [id, type])).toEqual([
      [1, "ExecutionStarted"],
      [2, "PassStateEntered"],
      [3, "PassStateExited"],
      [4, "ExecutionSucceeded"],
    ]);
    expect(events[0]?.timestamp).toEqual(new Date(local.describeExecution(executionArn).startDate));
    expect(events[2]?.stateExitedEventDetails?.assignedVariables).toEqual({ startDate: '"x"' });
    const reversed = new GetExecutionHistoryCommand({
      executionArn,
      reverseOrder: true,
      includeExecutionData: false,
    });
    const [last] = (await client.send(reversed)).events ?? [];
    expect(last).toMatchObject({ id: 4, executionSucceededEventDetails: {} });
    expect(last?.executionSucceededEventDetails?.output).toBeUndefined();
  });

  it("lists and describes state machines and executions", async () => {
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines?.map(({ name }) => name)).toContain("asking");
    const { definition, creationDate } = await client.send(
      new DescribeStateMachineCommand({ stateMachineArn }),
    );
    expect(JSON.parse(definition ?? "")).toEqual(asking);
    expect(creationDate).toBeInstanceOf(Date);
    const listed = await client.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: "ABORTED", maxResults: 1 }),
    );
    expect(listed.executions).toMatchObject([{ status: "ABORTED", stopDate: expect.any(Date) as Date }]);
  });

  it.each([
    ["InvalidArn", () => new DescribeExecutionCommand({ executionArn: "arn:x" })],
    [
      "ExecutionDoesNotExist",
      () => new DescribeExecutionCommand({ executionArn: `${PREFIX}:execution:a:b` }),
    ],
    [
      "StateMachineDoesNotExist",
      () => new StartExecutionCommand({ stateMachineArn: `${PREFIX}:stateMachine:nope` }),
    ],
    ["InvalidExecutionInput", () => new StartExecutionCommand({ stateMachineArn, input: "{" })],
    ["InvalidName", () => new StartExecutionCommand({ stateMachineArn, name: "a b" })],
    ["InvalidToken", () => new ListStateMachinesCommand({ nextToken: "zzz" })],
    ["TaskDoesNotExist", () => new SendTaskHeartbeatCommand({ taskToken: "guess" })],
    ["InvalidOutput", () => new SendTaskSuccessCommand({ taskToken: "guess", output: "{" })],
    ["TaskTimedOut", () => new SendTaskHeartbeatCommand({ taskToken: tokens[0] })],
    ["UnknownOperationException", () => new ListActivitiesCommand({})],
  ])("refuses with %s", async (name, makeCommand) => {
    await expect(client.send(makeCommand() as StartExecutionCommand)).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode: 400 },
    });
  });
});

async function send(operation: string, body: string): Promise<[number, unknown]> {
  const headers = { "x-amz-target": `AWSStepFunctions.${operation}` };
  const response = await service.fetch(new Request("http://localhost/", { method: "POST", headers, body }));
  return [response.status, await response.json()];
}

describe("the wire", () => {
  it.each([
    ["a body that is not JSON", "{", "SerializationException"],
    ["a body that is no object", "1", "SerializationException"],
    ["a member that is missing", "{}", "ValidationException"],
    ["a member of the wrong kind", '{"stateMachineArn":"arn:x","maxResults":"3"}', "ValidationException"],
    [
      "a status that does not exist",
      '{"stateMachineArn":"arn:x","statusFilter":"DONE"}',
      "ValidationException",
    ],
  ])("refuses %s", async (_, body, name) => {
    expect(await send("ListExecutions", body)).toMatchObject([400, { __type: name }]);
  });
});
