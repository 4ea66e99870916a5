import { describe, expect, it } from "vitest";
import { branch, mapOver } from "../../test-support/definitions.ts";
import { type Finished, invoke, machineOf, makeBench, run } from "../../test-support/run-machine.ts";

function items(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** JSON text of this many bytes, including the quotes. */
function textOf(bytes: number): string {
  return "x".repeat(bytes - 2);
}

const FULL = 262_144;
const lambdas = { large: () => textOf(FULL) };
const done = { Done: { Type: "Succeed", Output: "caught" } };
const half = "{% $pad('', 140000, 'x') %}";
const catchAll = [{ ErrorEquals: ["States.ALL"], Next: "Done" }];
const catchNamed = [{ ErrorEquals: ["States.DataLimitExceeded"], Next: "Done" }];

async function runStates(states: Record<string, object>, input: unknown = {}): Promise<Finished> {
  return run(makeBench(lambdas), machineOf({ ...states, ...done }), input);
}

describe("States.DataLimitExceeded", () => {
  const passing = { Type: "Pass", End: true };
  it.each([
    ["the output of a state", { Type: "Pass", Output: [half, half], End: true }, "S"],
    ["what one Assign sets", { Type: "Pass", Assign: { a: half, b: half }, End: true }, "S"],
    ["the result of a task", { ...invoke("large"), Output: 1, End: true }, "lambda"],
    ["the arguments of a task", { ...invoke("large", [half, half]), End: true }, "S"],
    ["the results of a Map", { ...mapOver([1, 2], { I: { ...passing, Output: half } }), Output: 1 }, "S"],
    ["the input of an iteration", mapOver([1], { I: passing }, { ItemSelector: [half, half] }), "S"],
    [
      "the results of a Parallel",
      {
        Type: "Parallel",
        Branches: [branch({ L: { ...passing, Output: half } }), branch({ R: { ...passing, Output: half } })],
        Output: 1,
        End: true,
      },
      "S",
    ],
  ])("fails %s above 256 KiB", async (_, state, named) => {
    expect(await runStates({ S: state })).toMatchObject({
      status: "FAILED",
      error: "States.DataLimitExceeded",
      cause: expect.stringMatching(
        new RegExp(`'${named}' returned a result with a size exceeding`),
      ) as string,
    });
  });

  it("counts bytes of UTF-8, and lets exactly 256 KiB pass", async () => {
    expect((await runStates({ S: passing }, textOf(FULL))).status).toBe("SUCCEEDED");
    const { error } = await runStates({ S: { ...passing, Output: `{% $pad('', 131072, 'ä') %}` } });
    expect(error).toBe("States.DataLimitExceeded");
  });

  it("is caught by its name and not by States.ALL", async () => {
    const task = { ...invoke("large"), End: true };

    expect((await runStates({ S: { ...task, Catch: catchAll } })).error).toBe("States.DataLimitExceeded");
    expect((await runStates({ S: { ...task, Catch: catchNamed } })).result).toBe("caught");
  });

  it("is the failure of the task whose result is too large, in the history too", async () => {
    const { events, error, cause } = await runStates({ S: { ...invoke("large"), End: true } });

    expect(events.find(({ type }) => type === "TaskFailed")?.taskFailedEventDetails).toEqual({
      resourceType: "lambda",
      resource: "invoke",
      error,
      cause,
    });
  });
});

describe("variables", () => {
  const fill = { Type: "Pass", Assign: { v: "{% $pad('', 250000, 'x') %}" }, Output: 1, End: true };

  it("of all scopes together may have 10 MiB", async () => {
    const { End: _, ...held } = fill;
    const states = { V: { ...held, Next: "W" }, W: { Type: "Wait", Seconds: 1, End: true } };
    const each = (count: number) =>
      mapOver(items(2), { P: mapOver(items(count), states) }, { MaxConcurrency: 2 });

    expect((await runStates({ M: each(20) })).status).toBe("SUCCEEDED");
    expect((await runStates({ M: each(21) })).error).toBe("States.DataLimitExceeded");
  });

  it("are gone with their scope, so that a hundred iterations may each set their own", async () => {
    expect((await runStates({ M: mapOver(items(100), { V: fill }, { MaxConcurrency: 10 }) })).status).toBe(
      "SUCCEEDED",
    );
  });

  it("are read as they were when the state was entered, by Assign and by Output", async () => {
    const states = {
      A: { Type: "Pass", Assign: { x: 3, a: 6 }, Next: "B" },
      B: { Type: "Pass", Assign: { x: "{% $a %}", nextX: "{% $x %}" }, Output: "{% $x %}", Next: "C" },
      C: { Type: "Pass", Output: ["{% $states.input %}", "{% $x %}", "{% $nextX %}"], End: true },
    };

    expect((await run(makeBench(), machineOf(states))).result).toEqual([3, 6, 3]);
  });

  it("of the outer scope are set by a catcher of the Parallel or Map that failed", async () => {
    const Catch = [{ ErrorEquals: ["E"], Assign: { why: "{% $states.errorOutput.Cause %}" }, Next: "Told" }];
    const M = { ...mapOver([1], { F: { Type: "Fail", Error: "E", Cause: "c" } }), Catch };
    const Told = { Type: "Pass", Output: "{% $why %}", End: true };

    expect((await run(makeBench(), machineOf({ M, Told }))).result).toBe("c");
  });
});

describe("texts of failures", () => {
  it("are cut to what the API can say: 256 characters of error, 32,768 of cause", async () => {
    const lambda = {
      f: () => {
        throw Object.assign(new Error("m".repeat(40_000)), { name: "N".repeat(300) });
      },
    };
    const { error, cause } = await run(makeBench(lambda), machineOf({ A: { ...invoke("f"), End: true } }));

    expect([error?.length, cause?.length]).toEqual([256, 32_768]);
  });
});

describe("the history limit", () => {
  it("counts the events of all branches, and no Retry or Catch comes between", async () => {
    const P = {
      Type: "Parallel",
      Branches: [
        branch({ A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "A" } }),
        branch({ C: { Type: "Pass", Next: "D" }, D: { Type: "Pass", Next: "C" } }),
      ],
      Retry: [{ ErrorEquals: ["States.ALL"] }],
      Catch: catchAll,
      End: true,
    };
    const bench = makeBench();
    const { error, executionArn } = await run(bench, machineOf({ P, ...done }));
    const [last] = bench.local.getExecutionHistory({ executionArn, reverseOrder: true }).events;

    expect(error).toBe("States.Runtime");
    expect(last).toMatchObject({ id: 25_000, type: "ExecutionFailed" });
  });
});
