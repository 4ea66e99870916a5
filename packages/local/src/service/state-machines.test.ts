import {
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  DeleteStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachinesCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from "@aws-sdk/client-sfn";
import { contractLayer } from "@landbridge/contract-check";
import { describe, expect, it } from "vitest";
import { inProcess } from "../../test-support/in-process.ts";
import { invoke, machineOf, makeBench } from "../../test-support/run-machine.ts";
import { makeStepFunctionsService } from "./wire.ts";

const roleArn = "arn:aws:iam::111122223333:role/flow";
const pass = machineOf({ A: { Type: "Pass", Output: "old", End: true } });
const wait = machineOf({ A: { Type: "Wait", Seconds: 60, Next: "B" }, B: { Type: "Pass", End: true } });

function makeClient(lambdas: Parameters<typeof makeBench>[0] = {}) {
  const bench = makeBench(lambdas);
  const service = contractLayer("simulator")("states", makeStepFunctionsService(bench.local));
  const client = new SFNClient(inProcess(service));
  const create = async (definition: object, rest: Partial<CreateStateMachineCommandInput> = {}) => {
    const request = { name: "flow", definition: JSON.stringify(definition), roleArn, ...rest };
    const { stateMachineArn = "" } = await client.send(new CreateStateMachineCommand(request));
    return stateMachineArn;
  };
  return { ...bench, client, create };
}

async function validate(definition: object | string, rest: object = {}) {
  const text = typeof definition === "string" ? definition : JSON.stringify(definition);
  const request = { definition: text, ...rest };
  return makeClient().client.send(new ValidateStateMachineDefinitionCommand(request));
}

function refusal(name: string, message = ""): unknown {
  return expect.objectContaining({ name, message: expect.stringContaining(message) as string });
}

describe("CreateStateMachine", () => {
  it("creates once: the same definition again is no error, another one is", async () => {
    const { client, create } = makeClient();
    const stateMachineArn = await create(pass);
    expect(await create(pass, { roleArn: `${roleArn}-2` })).toBe(stateMachineArn);

    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      name: "flow",
      type: "STANDARD",
      status: "ACTIVE",
      roleArn,
      definition: JSON.stringify(pass),
      creationDate: new Date("2026-01-01T00:00:00Z"),
    });
    await expect(create(wait)).rejects.toEqual(refusal("StateMachineAlreadyExists"));
  });

  it.each([
    ["a definition that is not JSON", { definition: "{" }, "InvalidDefinition", "$ is not JSON"],
    [
      "what the runner would not run as written",
      { definition: JSON.stringify(machineOf({ A: { Type: "Pass", ResultPath: "$.a", End: true } })) },
      "InvalidDefinition",
      "$.States.A.ResultPath is not supported here",
    ],
    [
      "more than 1 MiB of definition",
      { definition: " ".repeat(1_048_577) },
      "ValidationException",
      "1048576",
    ],
    ["Express workflows", { type: "EXPRESS" }, "StateMachineTypeNotSupported", "packages/local/coverage.md"],
    ["versions", { publish: true }, "ValidationException", "publish is not imitated"],
    ["a bad name", { name: "a flow" }, "InvalidName", ""],
    [
      "too many tags",
      { tags: Array.from({ length: 51 }, (_, n) => ({ key: `k${n}`, value: "" })) },
      "TooManyTags",
      "50",
    ],
  ] as const)("refuses %s", async (_, fields, name, message) => {
    await expect(makeClient().create(pass, fields as object)).rejects.toEqual(refusal(name, message));
  });
});

describe("UpdateStateMachine", () => {
  it("is for executions that start later; those that run keep what they began with", async () => {
    const { client, create, local } = makeClient();
    const stateMachineArn = await create(wait);
    const { executionArn = "" } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    const update = { stateMachineArn, definition: JSON.stringify(pass) };
    const { revisionId, updateDate } = await client.send(new UpdateStateMachineCommand(update));

    expect(updateDate).toEqual(new Date("2026-01-01T00:00:00Z"));
    expect(await client.send(new DescribeStateMachineCommand({ stateMachineArn }))).toMatchObject({
      definition: JSON.stringify(pass),
      revisionId,
    });
    const ofExecution = await client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    expect(ofExecution).toMatchObject({ definition: JSON.stringify(wait), roleArn });
    expect(ofExecution.revisionId).toBeUndefined();
    await local.untilEnded(executionArn);
    expect(local.describeExecution(executionArn).output).toBe("{}");
    const second = local.startExecution({ stateMachineArn });
    expect((await local.untilEnded(second.executionArn)).output).toBe('"old"');
  });

  it("refuses a change of nothing, and of nothing that exists", async () => {
    const { client, create } = makeClient();
    const stateMachineArn = await create(pass);

    await expect(client.send(new UpdateStateMachineCommand({ stateMachineArn }))).rejects.toEqual(
      refusal("MissingRequiredParameter"),
    );
    const other = { stateMachineArn: `${stateMachineArn}2`, roleArn };
    await expect(client.send(new UpdateStateMachineCommand(other))).rejects.toEqual(
      refusal("StateMachineDoesNotExist"),
    );
  });
});

describe("DeleteStateMachine", () => {
  it("starts nothing any more, ends what runs at its next transition, and is then gone", async () => {
    const { client, create, local } = makeClient();
    const stateMachineArn = await create(wait);
    const { executionArn = "" } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));

    const { status } = await client.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(status).toBe("DELETING");
    await expect(client.send(new StartExecutionCommand({ stateMachineArn }))).rejects.toEqual(
      refusal("StateMachineDeleting"),
    );
    await expect(create(pass)).rejects.toEqual(refusal("StateMachineDeleting"));
    expect(await local.untilEnded(executionArn)).toMatchObject({
      status: "ABORTED",
      redriveStatusReason: "State machine is in DELETING status",
    });
    expect((await client.send(new ListStateMachinesCommand({}))).stateMachines).toEqual([]);
    await client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    expect(await create(pass)).toBe(stateMachineArn);
  });
});

describe("ValidateStateMachineDefinition", () => {
  const wrong = machineOf({ "A b": { Type: "Pass", Foo: 1, Bar: 2, End: true } });

  it("says where a definition is wrong", async () => {
    expect(await validate(pass)).toMatchObject({ result: "OK", diagnostics: [], truncated: false });
    expect(await validate("{")).toMatchObject({ result: "FAIL" });
    expect(await validate(wrong)).toMatchObject({
      result: "FAIL",
      diagnostics: [
        {
          severity: "ERROR",
          location: "/States/A b/Foo",
          message: expect.stringContaining("not supported") as string,
        },
        { location: "/States/A b/Bar" },
      ],
    });
    expect(await validate(wrong, { maxResults: 1 })).toMatchObject({ diagnostics: [{}], truncated: true });
  });

  it("warns when it is asked to", async () => {
    const unassigned = machineOf({ A: { Type: "Pass", Output: "{% $nope %}", End: true } });

    expect(await validate(unassigned)).toMatchObject({ result: "OK", diagnostics: [] });
    expect(await validate(unassigned, { severity: "WARNING" })).toMatchObject({
      result: "OK",
      diagnostics: [{ severity: "WARNING", location: "/States/A/Output" }],
    });
  });
});

describe("tags of a state machine", () => {
  it("are added, replaced, removed and listed", async () => {
    const { client, create } = makeClient();
    const resourceArn = await create(pass, { tags: [{ key: "a", value: "1" }] });
    const tags = [
      { key: "a", value: "2" },
      { key: "b", value: "3" },
    ];
    await client.send(new TagResourceCommand({ resourceArn, tags }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual(tags);
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([tags[1]]);
    await expect(
      client.send(new ListTagsForResourceCommand({ resourceArn: `${resourceArn}2` })),
    ).rejects.toEqual(refusal("ResourceNotFound"));
  });
});

describe("RedriveExecution", () => {
  it("continues where the execution failed, and shows in descriptions, lists and history", async () => {
    let isBroken = true;
    const { client, create, local } = makeClient({
      f: () => {
        if (isBroken) throw new Error("not yet");
        return 1;
      },
    });
    const stateMachineArn = await create(machineOf({ A: { ...invoke("f"), End: true } }));
    const { executionArn = "" } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await local.untilEnded(executionArn);
    isBroken = false;
    const { redriveDate } = await client.send(new RedriveExecutionCommand({ executionArn }));
    await local.untilEnded(executionArn);

    const described = await client.send(new DescribeExecutionCommand({ executionArn }));
    expect(described).toMatchObject({ status: "SUCCEEDED", redriveCount: 1, redriveDate });
    const lists = (redriveFilter: "REDRIVEN" | "NOT_REDRIVEN") =>
      client.send(new ListExecutionsCommand({ stateMachineArn, redriveFilter }));
    expect((await lists("REDRIVEN")).executions).toMatchObject([{ redriveCount: 1, redriveDate }]);
    expect((await lists("NOT_REDRIVEN")).executions).toEqual([]);
    const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events.find(({ type }) => type === "ExecutionRedriven")).toMatchObject({
      executionRedrivenEventDetails: { redriveCount: 1 },
    });
    await expect(client.send(new RedriveExecutionCommand({ executionArn }))).rejects.toEqual(
      refusal("ExecutionNotRedrivable", "SUCCEEDED"),
    );
  });
});

describe("what is not imitated", () => {
  it("is refused by name, and the message names the coverage page", async () => {
    const { client, create } = makeClient();
    const stateMachineArn = await create(pass);

    await expect(client.send(new PublishStateMachineVersionCommand({ stateMachineArn }))).rejects.toEqual(
      refusal("UnknownOperationException", "packages/local/coverage.md"),
    );
    await expect(
      client.send(new StartExecutionCommand({ stateMachineArn, traceHeader: "Root=1" })),
    ).rejects.toEqual(refusal("ValidationException", "packages/local/coverage.md"));
    const { executionArn } = await client.send(new StartExecutionCommand({ stateMachineArn }));
    await expect(
      client.send(new StopExecutionCommand({ executionArn, error: "e".repeat(257) })),
    ).rejects.toEqual(refusal("ValidationException", "256"));
  });

  it("has page tokens that expire after a day", async () => {
    const { client, create, clock } = makeClient();
    await create(pass);
    await create(pass, { name: "other" });
    const { nextToken } = await client.send(new ListStateMachinesCommand({ maxResults: 1 }));
    const more = () => client.send(new ListStateMachinesCommand({ nextToken }));
    await clock.sleep(24 * 3_600_000);
    expect((await more()).stateMachines).toHaveLength(1);
    await clock.sleep(1);

    await expect(more()).rejects.toEqual(refusal("InvalidToken"));
  });
});
