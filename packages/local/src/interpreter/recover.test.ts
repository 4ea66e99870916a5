import { describe, expect, it } from "vitest";
import { invoke, type Lambdas, machineOf, makeBench, run } from "../../test-support/run-machine.ts";
import { matchesError } from "./match-error.ts";

/** A function that throws these errors, one a call, and then answers with the number of calls. */
function failing(...names: string[]): { lambdas: Lambdas; calls: number[] } {
  const calls: number[] = [];
  const f = (retryCount: number) => {
    calls.push(retryCount);
    const name = names[calls.length - 1];
    if (name !== undefined) throw Object.assign(new Error(`call ${calls.length}`), { name });
    return calls.length;
  };
  return { lambdas: { f }, calls };
}

const task = {
  ...invoke("f", "{% $states.context.State.RetryCount %}"),
  Output: "{% $states.result.Payload %}",
  End: true,
};

describe("Retry", () => {
  it("waits longer each time, up to MaxDelaySeconds, and counts in RetryCount", async () => {
    const { lambdas, calls } = failing("Throttled", "Throttled", "Throttled");
    const bench = makeBench(lambdas);
    const Retry = [{ ErrorEquals: ["Throttled"], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 }];
    const { result, types } = await run(bench, machineOf({ A: { ...task, Retry } }));

    expect(result).toBe(4);
    expect(calls).toEqual([0, 1, 2, 3]);
    expect(bench.clock.sleeps).toEqual([2000, 6000, 10_000]);
    expect(types.filter((type) => type === "TaskStateEntered")).toHaveLength(1);
    expect(types.filter((type) => type === "TaskScheduled")).toHaveLength(4);
  });

  it("waits a random part of the delay with full jitter", async () => {
    const { lambdas } = failing("Throttled");
    const bench = makeBench(lambdas, { random: () => 0.25 });
    const Retry = [{ ErrorEquals: ["Throttled"], IntervalSeconds: 8, JitterStrategy: "FULL" }];
    await run(bench, machineOf({ A: { ...task, Retry } }));

    expect(bench.clock.sleeps).toEqual([2000]);
  });

  it("counts each retrier on its own and gives up after MaxAttempts", async () => {
    const { lambdas, calls } = failing("A", "B", "A", "A", "A");
    const Retry = [
      { ErrorEquals: ["A"], MaxAttempts: 2 },
      { ErrorEquals: ["B"], MaxAttempts: 1 },
    ];

    expect(await run(makeBench(lambdas), machineOf({ X: { ...task, Retry } }))).toMatchObject({ error: "A" });
    expect(calls).toHaveLength(4);
  });

  it("retries three times by default, and never with MaxAttempts 0", async () => {
    const many = failing("A", "A", "A", "A", "A");
    await run(
      makeBench(many.lambdas),
      machineOf({ X: { ...task, Retry: [{ ErrorEquals: ["States.ALL"] }] } }),
    );
    expect(many.calls).toHaveLength(4);

    const never = failing("A");
    const Retry = [{ ErrorEquals: ["A"], MaxAttempts: 0 }, { ErrorEquals: ["States.ALL"] }];
    await run(makeBench(never.lambdas), machineOf({ X: { ...task, Retry } }));
    expect(never.calls).toHaveLength(1);
  });
});

describe("Catch", () => {
  const recovered = {
    Recovered: { Type: "Pass", Output: { got: "{% $states.input %}", why: "{% $why %}" }, End: true },
  };

  it("hands $states.errorOutput to the catcher's Assign and Output", async () => {
    const Catch = [
      {
        ErrorEquals: ["PlanStale"],
        Assign: { why: "{% $parse($states.errorOutput.Cause).errorMessage %}" },
        Output: "{% $states.errorOutput.Error %}",
        Next: "Recovered",
      },
    ];
    const { result, types } = await run(
      makeBench(failing("PlanStale").lambdas),
      machineOf({ A: { ...task, Catch }, ...recovered }),
    );

    expect(result).toEqual({ got: "PlanStale", why: "call 1" });
    expect(types).toEqual(expect.arrayContaining(["TaskFailed", "TaskStateExited", "PassStateExited"]));
  });

  it("passes Error and Cause on when the catcher has no Output", async () => {
    const Catch = [{ ErrorEquals: ["States.TaskFailed"], Next: "B" }];
    const { result } = await run(
      makeBench(failing("E").lambdas),
      machineOf({ A: { ...task, Catch }, B: { Type: "Succeed" } }),
    );

    expect(result).toMatchObject({ Error: "E", Cause: expect.stringContaining('"errorType":"E"') as string });
  });

  it("takes over only after the retries", async () => {
    const { lambdas, calls } = failing("E", "E", "E");
    const definition = machineOf({
      A: {
        ...task,
        Retry: [{ ErrorEquals: ["E"], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ["E"], Output: "caught", Next: "B" }],
      },
      B: { Type: "Succeed" },
    });

    expect((await run(makeBench(lambdas), definition)).result).toBe("caught");
    expect(calls).toHaveLength(2);
  });

  it("catches an expression of the state that fails", async () => {
    const Catch = [{ ErrorEquals: ["States.QueryEvaluationError"], Output: "caught", Next: "B" }];
    const A = { ...task, Output: "{% $states.result.nope %}", Catch };

    expect((await run(makeBench(failing().lambdas), machineOf({ A, B: { Type: "Succeed" } }))).result).toBe(
      "caught",
    );
  });
});

describe("matchesError", () => {
  it.each([
    [["States.ALL"], "Anything", true],
    [["States.ALL"], undefined, true],
    [["States.ALL"], "States.Timeout", true],
    [["States.ALL"], "States.DataLimitExceeded", false],
    [["States.ALL"], "States.Runtime", false],
    [["States.Runtime"], "States.Runtime", false],
    [["States.DataLimitExceeded"], "States.DataLimitExceeded", true],
    [["States.TaskFailed"], "Anything", true],
    [["States.TaskFailed"], "States.Timeout", false],
    [["States.TaskFailed"], "States.DataLimitExceeded", false],
    [["States.Timeout"], "States.HeartbeatTimeout", true],
    [["States.HeartbeatTimeout"], "States.Timeout", false],
    [["Throttled"], "PlanStale", false],
  ])("%j against %s is %s", (names, error, expected) => {
    expect(matchesError(names, error)).toBe(expected);
  });
});
