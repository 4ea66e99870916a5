import { describe, expect, it } from "vitest";
import { type Finished, invokeWithToken, machineOf, makeBench, run } from "../../test-support/run-machine.ts";

const DAY = 86_400_000;
const pass = machineOf({ A: { Type: "Pass", End: true } });

/** A run that waits, fails and draws by chance. */
async function observe(): Promise<Finished> {
  let seed = 7;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const flaky = {
    f: () => {
      if (random() < 0.6) throw Object.assign(new Error("again"), { name: "Again" });
    },
  };
  const bench = makeBench(flaky, { random });
  const Retry = [{ ErrorEquals: ["Again"], MaxAttempts: 20, JitterStrategy: "FULL" }];
  const A = {
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Arguments: { FunctionName: "f", Payload: {} },
    Retry,
    Output: ["{% $uuid() %}", "{% $random() %}", "{% $now() %}"],
    End: true,
  };
  return run(bench, machineOf({ A }));
}

describe("an execution that has ended", () => {
  it("keeps its name for 90 days, and is then forgotten with its history", async () => {
    const { local, clock } = makeBench();
    const stateMachineArn = local.createStateMachine("flow", pass);
    const request = { stateMachineArn, name: "daily" };
    const { executionArn, startDate } = local.startExecution(request);
    await local.untilEnded(executionArn);
    await clock.sleep(90 * DAY - 1);
    expect(() => local.startExecution(request)).toThrow(
      expect.objectContaining({ name: "ExecutionAlreadyExists" }),
    );
    await clock.sleep(1);

    expect(() => local.getExecutionHistory({ executionArn })).toThrow(
      expect.objectContaining({ name: "ExecutionDoesNotExist" }),
    );
    expect(local.listExecutions({ stateMachineArn }).executions).toEqual([]);
    expect(local.startExecution(request).startDate).not.toBe(startDate);
  });

  it("is kept from its last end on when it was redriven", async () => {
    const bench = makeBench();
    const { local, clock } = bench;
    const { executionArn } = await run(bench, machineOf({ F: { Type: "Fail" } }));
    await clock.sleep(10 * DAY);
    local.redriveExecution({ executionArn });
    await local.untilEnded(executionArn);
    await clock.sleep(89 * DAY);
    expect(local.describeExecution(executionArn).redriveCount).toBe(1);
    await clock.sleep(DAY);

    expect(() => local.describeExecution(executionArn)).toThrow();
  });

  it("leaves its task tokens known for as long", async () => {
    const tokens: string[] = [];
    const bench = makeBench({
      ask: ({ token }: { token: string }) => {
        tokens.push(token);
        bench.local.sendTaskSuccess({ taskToken: token, output: "1" });
      },
    });
    const definition = machineOf({ A: { ...invokeWithToken("ask"), End: true } });
    await run(bench, definition);
    await bench.clock.sleep(90 * DAY);
    await run(bench, definition);
    const refusals = tokens.map((taskToken) => {
      try {
        return bench.local.sendTaskHeartbeat({ taskToken });
      } catch (error) {
        return (error as Error).name;
      }
    });

    expect(refusals).toEqual(["TaskDoesNotExist", "TaskTimedOut"]);
  });
});

describe("a year of daily executions", () => {
  it("leaves no more behind than 90 days of them", async () => {
    const { local, clock } = makeBench();
    const stateMachineArn = local.createStateMachine("flow", pass);
    let most = 0;
    for (let day = 0; day < 365; day++) {
      await local.untilEnded(local.startExecution({ stateMachineArn, name: `day-${day % 91}` }).executionArn);
      await clock.sleep(DAY);
      most = Math.max(most, local.listExecutions({ stateMachineArn, maxResults: 1000 }).executions.length);
    }

    expect(most).toBe(89);
  });
});

describe("a run", () => {
  it("is the same again with the same ids and the same random numbers", async () => {
    const first = await observe();
    expect(first.types.filter((type) => type === "TaskFailed").length).toBeGreaterThan(0);
    expect(await observe()).toEqual(first);
  });
});
