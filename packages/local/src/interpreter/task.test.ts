import { describe, expect, it } from "vitest";
import { invoke, machineOf, makeBench, run } from "../../test-support/run-machine.ts";

describe("lambda:invoke", () => {
  it("hands the payload over and wraps the answer as the Lambda API does", async () => {
    const bench = makeBench({ double: (payload: { n: number }) => ({ n: payload.n * 2, gone: undefined }) });
    const { result } = await run(
      bench,
      machineOf({ A: { ...invoke("double", { n: "{% $states.input.n %}" }), End: true } }),
      { n: 21 },
    );

    expect(result).toEqual({ ExecutedVersion: "$LATEST", Payload: { n: 42 }, StatusCode: 200 });
  });

  it("gives null for a function that returns nothing", async () => {
    const definition = machineOf({
      A: { ...invoke("f"), Output: "{% $states.result.Payload %}", End: true },
    });

    expect((await run(makeBench({ f: () => undefined }), definition)).result).toBeNull();
  });

  it("writes AWS's events, each led to by the one before", async () => {
    const { events } = await run(
      makeBench({ f: () => 1 }),
      machineOf({ A: { ...invoke("f"), TimeoutSeconds: 9, Assign: { x: 1 }, Output: 2, End: true } }),
    );

    expect(events.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, "ExecutionStarted"],
      [2, 0, "TaskStateEntered"],
      [3, 2, "TaskScheduled"],
      [4, 3, "TaskStarted"],
      [5, 4, "TaskSucceeded"],
      [6, 5, "TaskStateExited"],
      [7, 6, "ExecutionSucceeded"],
    ]);
    expect(events[2]?.taskScheduledEventDetails).toEqual({
      resourceType: "lambda",
      resource: "invoke",
      region: "eu-central-1",
      parameters: '{"FunctionName":"f","Payload":{}}',
      timeoutInSeconds: 9,
    });
    expect(events[5]?.stateExitedEventDetails).toEqual({
      name: "A",
      output: "2",
      outputDetails: { truncated: false },
      assignedVariables: { x: "1" },
      assignedVariablesDetails: { truncated: false },
    });
  });

  it("fails with the error's name, and Lambda's JSON as the cause", async () => {
    const bench = makeBench({
      f: () => {
        throw new TypeError("boom");
      },
    });
    const { status, error, cause, types } = await run(bench, machineOf({ A: { ...invoke("f"), End: true } }));

    expect({ status, error }).toEqual({ status: "FAILED", error: "TypeError" });
    expect(JSON.parse(cause ?? "")).toEqual({ errorType: "TypeError", errorMessage: "boom", trace: [] });
    expect(types).toContain("TaskFailed");
  });

  it("times out on the runner's clock and ignores the answer that comes later", async () => {
    const bench = makeBench({ f: (_: unknown, { clock }) => clock.sleep(60_000) });
    const { status, error, types, startDate, stopDate } = await run(
      bench,
      machineOf({ A: { ...invoke("f"), TimeoutSeconds: "{% 20 + 10 %}", End: true } }),
    );

    expect({ status, error }).toEqual({ status: "FAILED", error: "States.Timeout" });
    expect(types).toContain("TaskTimedOut");
    expect(Date.parse(stopDate ?? "") - Date.parse(startDate)).toBe(30_000);
  });

  it("refuses arguments that an expression made up", async () => {
    const task = { ...invoke("f"), Arguments: "{% {'FunctionName': 'f', 'Qualifier': '1'} %}", End: true };

    expect(await run(makeBench({ f: () => 1 }), machineOf({ A: task }))).toMatchObject({
      error: "States.Runtime",
      cause: expect.stringContaining("Arguments/Qualifier is not supported.") as string,
    });
  });

  it("fails with States.DataLimitExceeded when an answer is larger than 256 KiB, whatever the catchers", async () => {
    const large = { ...invoke("f"), Catch: [{ ErrorEquals: ["States.ALL"], Next: "B" }], End: true };
    const definition = machineOf({ A: large, B: { Type: "Succeed" } });

    expect((await run(makeBench({ f: () => "x".repeat(250_000) }), definition)).status).toBe("SUCCEEDED");
    expect((await run(makeBench({ f: () => "ä".repeat(131_073) }), definition)).error).toBe(
      "States.DataLimitExceeded",
    );
  });
});
