import { describe, expect, it } from "vitest";
import { machineOf, makeBench, run } from "../../test-support/run-machine.ts";

describe("Pass", () => {
  it("passes its input on when it has no Output", async () => {
    const { status, result } = await run(makeBench(), machineOf({ A: { Type: "Pass", End: true } }), {
      a: [1],
    });

    expect({ status, result }).toEqual({ status: "SUCCEEDED", result: { a: [1] } });
  });

  it("evaluates expressions at any depth and takes other strings literally", async () => {
    const Output = {
      list: ["{% $states.input.n + 1 %}", "$states.input.n", { deep: "{% $states.input %}" }],
      n: 3,
    };
    const { result } = await run(makeBench(), machineOf({ A: { Type: "Pass", Output, End: true } }), {
      n: 1,
    });

    expect(result).toEqual({ list: [2, "$states.input.n", { deep: { n: 1 } }], n: 3 });
  });

  it("evaluates Assign and Output with the variables that held on entry", async () => {
    const { result } = await run(
      makeBench(),
      machineOf({
        A: { Type: "Pass", Assign: { x: 1, y: 10 }, Next: "B" },
        B: { Type: "Pass", Assign: { x: "{% $y %}", y: "{% $x %}" }, Output: "{% [$x, $y] %}", Next: "C" },
        C: { Type: "Pass", Output: { before: "{% $states.input %}", after: "{% [$x, $y] %}" }, End: true },
      }),
    );

    expect(result).toEqual({ before: [1, 10], after: [10, 1] });
  });

  it("assigns nothing when its Output fails", async () => {
    const { status, error, cause, events } = await run(
      makeBench(),
      machineOf({ A: { Type: "Pass", Assign: { x: 1 }, Output: "{% $states.input.nope %}", End: true } }),
    );

    expect({ status, error }).toEqual({ status: "FAILED", error: "States.QueryEvaluationError" });
    expect(cause).toBe(
      "An error occurred while executing the state 'A' (entered at the event id #2). The JSONata expression " +
        "'$states.input.nope' specified for the field 'Output' returned nothing (undefined).",
    );
    expect(events.map(({ type }) => type)).toEqual([
      "ExecutionStarted",
      "PassStateEntered",
      "EvaluationFailed",
      "ExecutionFailed",
    ]);
    expect(events[2]?.evaluationFailedEventDetails).toMatchObject({ location: "Output", state: "A" });
  });
});

describe("Choice", () => {
  const choose = machineOf({
    A: {
      Type: "Choice",
      Choices: [
        {
          Condition: "{% $states.input.n > 10 %}",
          Next: "Big",
          Assign: { size: "big" },
          Output: "{% $states.input.n %}",
        },
        { Condition: "{% $states.input.n > 5 %}", Next: "Big" },
      ],
      Default: "Small",
      Assign: { size: "small" },
      Output: "defaulted",
    },
    Big: {
      Type: "Pass",
      Output: { in: "{% $states.input %}", size: "{% $exists($size) ? $size : null %}" },
      End: true,
    },
    Small: { Type: "Pass", Output: { in: "{% $states.input %}", size: "{% $size %}" }, End: true },
  });

  it("takes the first rule that holds, with its Assign and Output", async () => {
    expect((await run(makeBench(), choose, { n: 11 })).result).toEqual({ in: 11, size: "big" });
    expect((await run(makeBench(), choose, { n: 6 })).result).toEqual({ in: { n: 6 }, size: null });
  });

  it("takes Default with the state's own Assign and Output when no rule holds", async () => {
    expect((await run(makeBench(), choose, { n: 1 })).result).toEqual({ in: "defaulted", size: "small" });
  });

  it("fails with States.Runtime, which nothing catches, when there is no Default", async () => {
    const states = {
      A: { Type: "Choice", Choices: [{ Condition: "{% false %}", Next: "B" }] },
      B: { Type: "Succeed" },
    };
    const only = machineOf(states);
    const caught = machineOf({
      P: {
        Type: "Parallel",
        Branches: [{ StartAt: "A", States: states }],
        Catch: [{ ErrorEquals: ["States.Runtime"], Next: "Z" }],
        Next: "Z",
      },
      Z: { Type: "Succeed" },
    });

    expect(await run(makeBench(), only)).toMatchObject({ status: "FAILED", error: "States.Runtime" });
    expect(await run(makeBench(), caught)).toMatchObject({
      status: "FAILED",
      error: "States.Runtime",
      cause: expect.stringContaining("state 'A' (entered at the event id #4)") as string,
    });
  });

  it("refuses a condition that is neither true nor false", async () => {
    const only = machineOf({
      A: { Type: "Choice", Choices: [{ Condition: "{% 'yes' %}", Next: "B" }] },
      B: { Type: "Succeed" },
    });
    const { error, cause } = await run(makeBench(), only);

    expect(error).toBe("States.QueryEvaluationError");
    expect(cause).toContain("'Choices[0]/Condition'");
  });
});

describe("Wait", () => {
  it.each([
    ["seconds", { Seconds: 90 }, 90],
    ["seconds from an expression", { Seconds: "{% $states.input.s %}" }, 7],
    ["a time", { Timestamp: "2026-01-01T01:00:00Z" }, 3600],
    ["a time that has passed", { Timestamp: "{% '2020-01-01T00:00:00Z' %}" }, 0],
  ])("waits for %s on the runner's clock", async (_, fields, seconds) => {
    const { startDate, stopDate } = await run(
      makeBench(),
      machineOf({ A: { Type: "Wait", ...fields, End: true } }),
      { s: 7 },
    );

    expect((Date.parse(stopDate ?? "") - Date.parse(startDate)) / 1000).toBe(seconds);
  });

  it("refuses seconds that are no whole number", async () => {
    const wait = machineOf({ A: { Type: "Wait", Seconds: "{% 'soon' %}", End: true } });

    expect(await run(makeBench(), wait)).toMatchObject({
      status: "FAILED",
      error: "States.QueryEvaluationError",
    });
  });
});

describe("Succeed and Fail", () => {
  it("ends with the Output of Succeed", async () => {
    const { result } = await run(
      makeBench(),
      machineOf({ A: { Type: "Succeed", Output: { ok: "{% 1 = 1 %}" } } }),
    );

    expect(result).toEqual({ ok: true });
  });

  it("fails with the Error and Cause of Fail", async () => {
    const fail = machineOf({
      A: { Type: "Fail", Error: "PlanHeld", Cause: "{% 'because ' & $states.input.why %}" },
    });
    const { status, error, cause, types } = await run(makeBench(), fail, { why: "x" });

    expect({ status, error, cause }).toEqual({ status: "FAILED", error: "PlanHeld", cause: "because x" });
    expect(types).toEqual(["ExecutionStarted", "FailStateEntered", "ExecutionFailed"]);
  });

  it("may fail without a name or a cause", async () => {
    const { status, error, cause } = await run(makeBench(), machineOf({ A: { Type: "Fail" } }));

    expect({ status, error, cause }).toEqual({ status: "FAILED", error: undefined, cause: undefined });
  });
});

describe("the context object", () => {
  it("tells execution, state and state machine", async () => {
    const bench = makeBench();
    const definition = machineOf({ A: { Type: "Pass", Output: "{% $states.context %}", End: true } });
    const { result, executionArn, stateMachineArn } = await run(bench, definition, { a: 1 });

    expect(result).toEqual({
      Execution: {
        Id: executionArn,
        Input: { a: 1 },
        Name: "id-1",
        RoleArn: "arn:aws:iam::111122223333:role/local-step-functions",
        StartTime: "2026-01-01T00:00:00.000Z",
        RedriveCount: 0,
      },
      State: { EnteredTime: "2026-01-01T00:00:00.000Z", Name: "A", RetryCount: 0 },
      StateMachine: { Id: stateMachineArn, Name: "machine" },
    });
  });
});
