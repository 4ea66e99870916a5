import { describe, expect, it } from "vitest";
import { invoke, machineOf, makeBench, run } from "../../test-support/run-machine.ts";

function branch(states: Record<string, object>): object {
  return { StartAt: Object.keys(states)[0], States: states };
}

const boom = {
  f: () => {
    throw Object.assign(new Error("boom"), { name: "Boom" });
  },
};

describe("Parallel", () => {
  it("gives every branch the arguments and collects their outputs in order", async () => {
    const definition = machineOf({
      P: {
        Type: "Parallel",
        Arguments: { n: "{% $states.input.n + 1 %}" },
        Branches: [
          branch({ L: { Type: "Wait", Seconds: 5, Output: "{% $states.input.n %}", End: true } }),
          branch({ R: { Type: "Pass", Output: "{% $states.input.n * 2 %}", End: true } }),
        ],
        Output: "{% $states.result %}",
        End: true,
      },
    });
    const { result, types } = await run(makeBench(), definition, { n: 1 });

    expect(result).toEqual([2, 4]);
    expect(types).toEqual([
      "ExecutionStarted",
      "ParallelStateEntered",
      "ParallelStateStarted",
      "WaitStateEntered",
      "PassStateEntered",
      "PassStateExited",
      "WaitStateExited",
      "ParallelStateSucceeded",
      "ParallelStateExited",
      "ExecutionSucceeded",
    ]);
  });

  it("lets each branch hang on to the start, not to its sibling", async () => {
    const definition = machineOf({
      P: {
        Type: "Parallel",
        Branches: [branch({ L: { Type: "Pass", End: true } }), branch({ R: { Type: "Pass", End: true } })],
        End: true,
      },
    });
    const { events } = await run(makeBench(), definition);
    const started = events.find(({ type }) => type === "ParallelStateStarted")?.id;

    expect(
      events.filter(({ type }) => type === "PassStateEntered").map((event) => event.previousEventId),
    ).toEqual([started, started]);
  });

  it("lets branches read outer variables and keeps their own to themselves", async () => {
    const definition = machineOf({
      A: { Type: "Pass", Assign: { outer: 1 }, Next: "P" },
      P: {
        Type: "Parallel",
        Branches: [
          branch({
            L: { Type: "Pass", Assign: { inner: "{% $outer + 1 %}" }, Next: "L2" },
            L2: { Type: "Pass", Output: "{% $inner %}", End: true },
          }),
          branch({ R: { Type: "Pass", Output: "{% $exists($inner) %}", End: true } }),
        ],
        Next: "B",
      },
      B: {
        Type: "Pass",
        Output: { branches: "{% $states.input %}", leaked: "{% $exists($inner) %}" },
        End: true,
      },
    });

    expect((await run(makeBench(), definition)).result).toEqual({ branches: [2, false], leaked: false });
  });

  it("fails with the error of the first branch that fails, and stops the others", async () => {
    const definition = machineOf({
      P: {
        Type: "Parallel",
        Branches: [
          branch({ L: { Type: "Wait", Seconds: 3600, End: true } }),
          branch({ R: { ...invoke("f"), End: true } }),
        ],
        End: true,
      },
    });
    const { status, error, types, startDate, stopDate } = await run(makeBench(boom), definition);

    expect({ status, error }).toEqual({ status: "FAILED", error: "Boom" });
    expect(stopDate).toBe(startDate);
    expect(types.slice(-5)).toEqual([
      "TaskFailed",
      "TaskStateAborted",
      "WaitStateAborted",
      "ParallelStateFailed",
      "ExecutionFailed",
    ]);
  });

  it("runs all branches again when it is retried, and forgets what they assigned", async () => {
    const calls: string[] = [];
    const lambdas = {
      ...boom,
      count: () => {
        calls.push("count");
      },
    };
    const full = { Type: "Pass", Assign: { v: "{% $pad('', 250000, 'x') %}" }, Output: 1, Next: "Count" };
    const definition = machineOf({
      P: {
        Type: "Parallel",
        Branches: [
          branch({
            L: full,
            Count: { ...invoke("count"), Next: "Boom" },
            Boom: { ...invoke("f"), End: true },
          }),
        ],
        Retry: [{ ErrorEquals: ["Boom"], MaxAttempts: 49, BackoffRate: 1 }],
        End: true,
      },
    });

    expect((await run(makeBench(lambdas), definition)).error).toBe("Boom");
    expect(calls).toHaveLength(50);
  });

  it("runs a branch that ended well again when another one made it fail", async () => {
    let calls = 0;
    const lambdas = { ...boom, ok: () => ++calls };
    const definition = machineOf({
      P: {
        Type: "Parallel",
        Branches: [
          branch({ L: { ...invoke("ok"), End: true } }),
          branch({ R: { Type: "Wait", Seconds: 1, Next: "Boom" }, Boom: { ...invoke("f"), End: true } }),
        ],
        Retry: [{ ErrorEquals: ["Boom"], MaxAttempts: 2 }],
        End: true,
      },
    });
    await run(makeBench(lambdas), definition);

    expect(calls).toBe(3);
  });

  it("is retried and caught as a whole", async () => {
    const definition = machineOf({
      P: {
        Type: "Parallel",
        Branches: [branch({ L: { ...invoke("f"), End: true } })],
        Retry: [{ ErrorEquals: ["Boom"], MaxAttempts: 2 }],
        Catch: [{ ErrorEquals: ["States.ALL"], Output: "{% $states.errorOutput.Error %}", Next: "B" }],
        End: true,
      },
      B: { Type: "Succeed" },
    });
    const { result, types } = await run(makeBench(boom), definition);

    expect(result).toBe("Boom");
    expect(types.filter((type) => type === "ParallelStateStarted")).toHaveLength(3);
  });
});
