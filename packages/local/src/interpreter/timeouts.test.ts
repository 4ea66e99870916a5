import { describe, expect, it } from "vitest";
import {
  type Bench,
  finished,
  invoke,
  invokeWithToken,
  machineOf,
  makeBench,
  run,
} from "../../test-support/run-machine.ts";

const CHILD_ARN = "arn:aws:states:eu-central-1:111122223333:stateMachine:child";
const lambdas = { slow: (_: unknown, { clock }: Bench) => clock.sleep(3_600_000), quick: () => 1 };
const nested = {
  Type: "Task",
  Resource: "arn:aws:states:::states:startExecution.sync:2",
  Arguments: { StateMachineArn: CHILD_ARN },
};
const tasks: [string, object][] = [
  ["lambda:invoke", invoke("slow")],
  ["lambda:invoke.waitForTaskToken", invokeWithToken("quick")],
  ["startExecution.sync:2", nested],
];

function makeBenchWithChild(): Bench {
  const bench = makeBench(lambdas);
  bench.local.createStateMachine("child", machineOf({ W: { Type: "Wait", Seconds: 3600, End: true } }));
  return bench;
}

function seconds({ startDate, stopDate = "" }: { startDate: string; stopDate?: string }): number {
  return (Date.parse(stopDate) - Date.parse(startDate)) / 1000;
}

describe.each(tasks)("%s", (_, task) => {
  it.each([
    ["TimeoutSeconds", { TimeoutSeconds: 60 }, "States.Timeout", 60],
    ["TimeoutSeconds from JSONata", { TimeoutSeconds: "{% $states.input.n * 2 %}" }, "States.Timeout", 60],
    ["HeartbeatSeconds", { HeartbeatSeconds: 30, TimeoutSeconds: 60 }, "States.HeartbeatTimeout", 30],
    [
      "HeartbeatSeconds from JSONata",
      { HeartbeatSeconds: "{% $states.input.n %}" },
      "States.HeartbeatTimeout",
      30,
    ],
  ])("ends after %s, without a cause", async (_name, fields, error, after) => {
    const ended = await run(makeBenchWithChild(), machineOf({ A: { ...task, ...fields, End: true } }), {
      n: 30,
    });

    expect(ended).toMatchObject({ status: "FAILED", error });
    expect(ended.cause).toBeUndefined();
    expect(seconds(ended)).toBe(after);
    expect(ended.types.slice(-2)).toEqual(["TaskTimedOut", "ExecutionFailed"]);
  });

  it.each([
    ["a text", "{% 'soon' %}"],
    ["zero", "{% 0 %}"],
    ["half a second", "{% 0.5 %}"],
    ["more than AWS takes", "{% 99999999 + 1 %}"],
  ])("refuses TimeoutSeconds of %s", async (_name, TimeoutSeconds) => {
    const { error, cause } = await run(
      makeBenchWithChild(),
      machineOf({ A: { ...task, TimeoutSeconds, End: true } }),
    );

    expect(error).toBe("States.QueryEvaluationError");
    expect(cause).toContain("for the field 'TimeoutSeconds' returned an unexpected result");
  });
});

describe("a heartbeat that fails to come", () => {
  it.each(["States.HeartbeatTimeout", "States.Timeout", "States.ALL"])("is caught as %s", async (name) => {
    const Catch = [{ ErrorEquals: [name], Output: "caught", Next: "B" }];
    const A = { ...invokeWithToken("quick"), HeartbeatSeconds: 5, Catch, End: true };

    expect((await run(makeBench(lambdas), machineOf({ A, B: { Type: "Succeed" } }))).result).toBe("caught");
  });
});

describe("a nested execution", () => {
  it("is stopped when the task that waits for it times out, and says who stopped it", async () => {
    const bench = makeBenchWithChild();
    const parent = await run(bench, machineOf({ A: { ...nested, TimeoutSeconds: 60, End: true } }));
    const [child] = bench.local.listExecutions({ stateMachineArn: CHILD_ARN }).executions;

    expect(bench.local.describeExecution(child?.executionArn ?? "")).toMatchObject({
      status: "ABORTED",
      cause: expect.stringContaining(parent.executionArn) as string,
    });
  });

  it("that times out itself fails the task with States.TaskFailed", async () => {
    const bench = makeBench(lambdas);
    const slow = machineOf({ W: { Type: "Wait", Seconds: 3600, End: true } }, { TimeoutSeconds: 10 });
    bench.local.createStateMachine("child", slow);
    const { error, cause } = await run(bench, machineOf({ A: { ...nested, End: true } }));

    expect(error).toBe("States.TaskFailed");
    expect(JSON.parse(cause ?? "")).toMatchObject({ Status: "TIMED_OUT" });
  });
});

describe("a state machine", () => {
  it("ends everything that runs in it after its own TimeoutSeconds", async () => {
    const bench = makeBenchWithChild();
    const parent = await run(bench, machineOf({ A: { ...nested, End: true } }, { TimeoutSeconds: 20 }));
    const [child] = bench.local.listExecutions({ stateMachineArn: CHILD_ARN }).executions;

    expect(parent.status).toBe("TIMED_OUT");
    expect(seconds(parent)).toBe(20);
    expect((await finished(bench, child?.executionArn ?? "")).status).toBe("ABORTED");
  });

  it("may not run for more than a year, whatever it says", async () => {
    const month = { Type: "Wait", Seconds: 30 * 86_400 };
    const loop = machineOf({ A: { ...month, Next: "B" }, B: { ...month, Next: "A" } });
    const ended = await run(makeBench(), loop);

    expect(ended.status).toBe("TIMED_OUT");
    expect(seconds(ended) / 86_400).toBe(390);
  });
});
