import { describe, expect, it } from "vitest";
import {
  finished,
  invoke,
  invokeWithToken,
  machineOf,
  makeBench,
  run,
} from "../../test-support/run-machine.ts";

const pass = machineOf({ A: { Type: "Pass", End: true } });
const wait = machineOf({ A: { Type: "Wait", Seconds: 60, End: true } });

function refusal(name: string): unknown {
  return expect.objectContaining({ name });
}

describe("createStateMachine", () => {
  it("gives the ARN, and the same again for the same definition", () => {
    const { local } = makeBench();
    const arn = "arn:aws:states:eu-central-1:111122223333:stateMachine:flow";

    expect(local.createStateMachine("flow", pass)).toBe(arn);
    expect(local.createStateMachine("flow", pass)).toBe(arn);
    expect(local.listStateMachines().stateMachines).toMatchObject([{ stateMachineArn: arn, name: "flow" }]);
    expect(JSON.parse(local.describeStateMachine(arn).definition)).toEqual(pass);
  });

  it("refuses another definition under the same name, and names that AWS refuses", () => {
    const { local } = makeBench();
    local.createStateMachine("flow", pass);

    expect(() => local.createStateMachine("flow", wait)).toThrow(refusal("StateMachineAlreadyExists"));
    expect(() => local.createStateMachine("a flow", pass)).toThrow(refusal("InvalidName"));
  });
});

describe("startExecution", () => {
  it("gives the running execution for the same name and input", async () => {
    const bench = makeBench();
    const stateMachineArn = bench.local.createStateMachine("flow", wait);
    const first = bench.local.startExecution({ stateMachineArn, name: "daily", input: '{"a":1}' });
    const second = bench.local.startExecution({ stateMachineArn, name: "daily", input: '{"a":1}' });

    expect(second).toEqual(first);
    expect(first.executionArn).toBe("arn:aws:states:eu-central-1:111122223333:execution:flow:daily");
    expect(bench.local.listExecutions({ stateMachineArn }).executions).toHaveLength(1);
  });

  it("refuses the same name with another input, and after the execution has ended", async () => {
    const bench = makeBench();
    const stateMachineArn = bench.local.createStateMachine("flow", wait);
    const { executionArn } = bench.local.startExecution({ stateMachineArn, name: "daily" });

    expect(() => bench.local.startExecution({ stateMachineArn, name: "daily", input: "1" })).toThrow(
      refusal("ExecutionAlreadyExists"),
    );
    await bench.local.untilEnded(executionArn);
    expect(() => bench.local.startExecution({ stateMachineArn, name: "daily" })).toThrow(
      refusal("ExecutionAlreadyExists"),
    );
  });

  it("refuses an unknown state machine, a bad name and an input that is not JSON or too large", () => {
    const { local } = makeBench();
    const stateMachineArn = local.createStateMachine("flow", pass);

    expect(() => local.startExecution({ stateMachineArn: "arn:x" })).toThrow(refusal("InvalidArn"));
    expect(() => local.startExecution({ stateMachineArn: `${stateMachineArn}s` })).toThrow(
      refusal("StateMachineDoesNotExist"),
    );
    expect(() => local.startExecution({ stateMachineArn, name: "a:b" })).toThrow(refusal("InvalidName"));
    expect(() => local.startExecution({ stateMachineArn, input: "{" })).toThrow(
      refusal("InvalidExecutionInput"),
    );
    const large = JSON.stringify("x".repeat(262_143));
    expect(() => local.startExecution({ stateMachineArn, input: large })).toThrow(
      refusal("InvalidExecutionInput"),
    );
  });
});

describe("an execution", () => {
  it("is RUNNING until it has SUCCEEDED", async () => {
    const bench = makeBench();
    const stateMachineArn = bench.local.createStateMachine("flow", wait);
    const { executionArn } = bench.local.startExecution({ stateMachineArn });
    expect(bench.local.describeExecution(executionArn)).toMatchObject({ status: "RUNNING", input: "{}" });

    expect(await bench.local.untilEnded(executionArn)).toMatchObject({
      status: "SUCCEEDED",
      output: "{}",
      startDate: "2026-01-01T00:00:00.000Z",
      stopDate: "2026-01-01T00:01:00.000Z",
    });
  });

  it("is TIMED_OUT after the state machine's TimeoutSeconds, which no catcher sees", async () => {
    const slow = { Type: "Wait", Seconds: 3600, End: true };
    const { status, error, events } = await run(makeBench(), machineOf({ A: slow }, { TimeoutSeconds: 10 }));

    expect({ status, error }).toEqual({ status: "TIMED_OUT", error: undefined });
    expect(events.slice(1)).toMatchObject([
      { type: "WaitStateEntered" },
      {
        type: "ExecutionTimedOut",
        previousEventId: 0,
        executionTimedOutEventDetails: { error: "States.Timeout" },
      },
    ]);
  });

  it("is ABORTED when it is stopped, and writes no more history", async () => {
    const bench = makeBench({ ask: () => null });
    const stateMachineArn = bench.local.createStateMachine(
      "flow",
      machineOf({ A: { ...invokeWithToken("ask"), End: true } }),
    );
    const { executionArn } = bench.local.startExecution({ stateMachineArn });
    await new Promise((resolve) => setTimeout(resolve, 10));
    bench.local.stopExecution({ executionArn, error: "Enough", cause: "asked to" });

    const { status, error, cause, types } = await finished(bench, executionArn);
    expect({ status, error, cause }).toEqual({ status: "ABORTED", error: "Enough", cause: "asked to" });
    expect(types.slice(-2)).toEqual(["TaskSubmitted", "ExecutionAborted"]);
    const { stopDate } = bench.local.stopExecution({ executionArn });
    expect(stopDate).toBe(bench.local.describeExecution(executionArn).stopDate);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await finished(bench, executionArn)).types).toEqual(types);
  });

  it("may be stopped before its first state has ended, at any moment", async () => {
    const bench = makeBench({ f: () => 1 });
    const definition = machineOf({
      A: { ...invoke("f"), Next: "B" },
      B: { Type: "Pass", Output: "{% 1 %}", End: true },
    });
    const stateMachineArn = bench.local.createStateMachine("flow", definition);
    for (let turns = 0; turns < 40; turns++) {
      const { executionArn } = bench.local.startExecution({ stateMachineArn });
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      bench.local.stopExecution({ executionArn });
      const { types } = await finished(bench, executionArn);
      await new Promise((resolve) => setImmediate(resolve));

      expect((await finished(bench, executionArn)).types).toEqual(types);
      expect(["ExecutionAborted", "ExecutionSucceeded"]).toContain(types.at(-1));
    }
  });

  it("fails when its history is full, so that an endless loop ends", async () => {
    const loop = machineOf({ A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "A" } });
    const bench = makeBench();
    const { status, error, cause, executionArn } = await run(bench, loop);
    const [last] = bench.local.getExecutionHistory({ executionArn, reverseOrder: true }).events;

    expect({ status, error }).toEqual({ status: "FAILED", error: "States.Runtime" });
    expect(cause).toBe("The execution reached the maximum number of history events (25000).");
    expect(last).toMatchObject({ id: 25_000, type: "ExecutionFailed" });
  });
});

describe("lists", () => {
  it("gives executions latest first, by status", async () => {
    const bench = makeBench();
    const stateMachineArn = bench.local.createStateMachine("flow", wait);
    const { executionArn } = bench.local.startExecution({ stateMachineArn, name: "one" });
    await bench.local.untilEnded(executionArn);
    bench.local.startExecution({ stateMachineArn, name: "two" });

    const names = (request: object) =>
      bench.local.listExecutions({ stateMachineArn, ...request }).executions.map(({ name }) => name);
    expect(names({})).toEqual(["two", "one"]);
    expect(names({ statusFilter: "SUCCEEDED" })).toEqual(["one"]);
  });

  it("pages through history both ways and leaves data out when asked", async () => {
    const bench = makeBench();
    const { executionArn } = await run(bench, pass, { a: 1 });

    const ids: number[] = [];
    let nextToken: string | undefined;
    do {
      const request = { executionArn, maxResults: 3, ...(nextToken === undefined ? {} : { nextToken }) };
      const page = bench.local.getExecutionHistory(request);
      ids.push(...page.events.map(({ id }) => id));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(ids).toEqual([1, 2, 3, 4]);

    const [last] = bench.local.getExecutionHistory({ executionArn, reverseOrder: true }).events;
    expect(last).toMatchObject({ id: 4, executionSucceededEventDetails: { output: '{"a":1}' } });
    const bare = bench.local.getExecutionHistory({ executionArn, includeExecutionData: false }).events;
    expect(bare[1]?.stateEnteredEventDetails).toEqual({ name: "A" });
    expect(() => bench.local.getExecutionHistory({ executionArn, nextToken: "zzz" })).toThrow(
      refusal("InvalidToken"),
    );
    expect(() => bench.local.getExecutionHistory({ executionArn: `${executionArn}s` })).toThrow(
      refusal("ExecutionDoesNotExist"),
    );
  });
});
