import { describe, expect, it } from "vitest";
import { type Bench, invoke, machineOf, makeBench, run } from "../../test-support/run-machine.ts";

function mapOf(fields: object, item: object = { Type: "Pass", End: true }): object {
  const ItemProcessor = { ProcessorConfig: { Mode: "INLINE" }, StartAt: "Item", States: { Item: item } };
  return machineOf({ M: { Type: "Map", ItemProcessor, ...fields, End: true } });
}

const work = { ...invoke("f", "{% $states.input %}"), Output: "{% $states.result.Payload %}", End: true };
const failOdd = {
  f: (n: number) => {
    if (n % 2 === 1) throw Object.assign(new Error(`${n}`), { name: "Odd" });
    return n;
  },
};

describe("Map", () => {
  it("runs the processor over its input and keeps the order", async () => {
    const slowFirst = { f: (n: number, { clock }: Bench) => clock.sleep(10 - n).then(() => n * n) };

    expect((await run(makeBench(slowFirst), mapOf({}, work), [1, 2, 3])).result).toEqual([1, 4, 9]);
  });

  it("takes Items and ItemSelector, which sees the item and its index", async () => {
    const fields = {
      Items: "{% $states.input.list %}",
      ItemSelector: {
        of: "{% $states.input.name %}",
        at: "{% $states.context.Map.Item.Index %}",
        is: "{% $states.context.Map.Item.Value %}",
        from: "{% $states.context.Map.Item.Source %}",
      },
    };

    expect((await run(makeBench(), mapOf(fields), { name: "x", list: ["a", "b"] })).result).toEqual([
      { of: "x", at: 0, is: "a", from: "STATE_DATA" },
      { of: "x", at: 1, is: "b", from: "STATE_DATA" },
    ]);
  });

  it("keeps the item in the context of its states", async () => {
    const item = { Type: "Pass", Output: "{% $states.context.Map.Item.Index %}", End: true };

    expect((await run(makeBench(), mapOf({ Items: ["a", "b"] }, item))).result).toEqual([0, 1]);
  });

  it.each([
    [2, 2],
    [0, 40],
    ["{% 3 %}", 3],
  ])("with MaxConcurrency %s runs at most %i at once", async (MaxConcurrency, most) => {
    let running = 0;
    let highest = 0;
    const f = async (_: unknown, { clock }: Bench) => {
      highest = Math.max(highest, ++running);
      await clock.sleep(10);
      running--;
    };
    const Items = Array.from({ length: 50 }, (_, index) => index);
    await run(makeBench({ f }), mapOf({ Items, MaxConcurrency }, work));

    expect(highest).toBe(most);
  });

  it("fails with the error of the first item that fails and stops the others", async () => {
    const item = {
      Type: "Choice",
      Choices: [{ Condition: "{% $states.input = 2 %}", Next: "Bad" }],
      Default: "Sleep",
    };
    const states = {
      Item: item,
      Sleep: { Type: "Wait", Seconds: 60, End: true },
      Bad: { Type: "Fail", Error: "Bad" },
    };
    const definition = machineOf({
      M: { Type: "Map", Items: [1, 2], ItemProcessor: { StartAt: "Item", States: states }, End: true },
    });
    const { error, types } = await run(makeBench(), definition);

    expect(error).toBe("Bad");
    expect(types.slice(types.indexOf("FailStateEntered") + 1).toSorted()).toEqual(
      [
        "ExecutionFailed",
        "MapIterationAborted",
        "MapIterationFailed",
        "MapStateFailed",
        "WaitStateAborted",
      ].toSorted(),
    );
  });

  it("tolerates failures up to ToleratedFailureCount, which are in the result as Error and Cause", async () => {
    const { result, types } = await run(
      makeBench(failOdd),
      mapOf({ ToleratedFailureCount: 1 }, work),
      [0, 1, 2],
    );

    expect(result).toEqual([0, { Error: "Odd", Cause: expect.any(String) as string }, 2]);
    expect(types).toContain("MapIterationFailed");
    expect(types).toContain("MapStateSucceeded");
  });

  it("lets the other iterations run on after a failure that is tolerated", async () => {
    const lambdas = {
      f: async (n: number, { clock }: Bench) => {
        if (n === 1) throw new Error("odd");
        await clock.sleep(10_000);
        return n;
      },
    };
    const { result, types } = await run(
      makeBench(lambdas),
      mapOf({ ToleratedFailureCount: 1 }, work),
      [0, 1],
    );

    expect(result).toMatchObject([0, { Error: "Error" }]);
    expect(types).not.toContain("MapIterationAborted");
  });

  it.each([
    ["count", { ToleratedFailureCount: 1 }],
    ["percentage", { ToleratedFailurePercentage: 49 }],
    ["percentage from an expression", { ToleratedFailurePercentage: "{% 40 + 9 %}" }],
    ["the lower of both", { ToleratedFailureCount: 1, ToleratedFailurePercentage: 100 }],
  ])("fails above the tolerated %s", async (_, fields) => {
    expect(await run(makeBench(failOdd), mapOf(fields, work), [0, 1, 2, 3])).toMatchObject({
      error: "States.ExceedToleratedFailureThreshold",
      cause: expect.stringContaining("2 of 4 items failed") as string,
    });
  });

  it("tolerates exactly the percentage", async () => {
    const fields = { ToleratedFailurePercentage: 50 };

    expect(await run(makeBench(failOdd), mapOf(fields, work), [0, 1, 2, 3])).toMatchObject({
      status: "SUCCEEDED",
    });
  });

  it("gives an empty list for no items", async () => {
    const { result, events } = await run(makeBench(), mapOf({ Items: [] }));

    expect(result).toEqual([]);
    expect(events[2]).toMatchObject({ type: "MapStateStarted", mapStateStartedEventDetails: { length: 0 } });
  });

  it("says what to write when JSONata made one match a value", async () => {
    const { error, cause } = await run(makeBench(), mapOf({ Items: "{% $states.input.l[n > 1] %}" }), {
      l: [{ n: 1 }, { n: 2 }],
    });

    expect(error).toBe("States.QueryEvaluationError");
    expect(cause).toContain("write [ … ] around the expression");
  });

  it("nests, and failures of inner states are noted once", async () => {
    const inner = {
      Type: "Map",
      ItemProcessor: { StartAt: "In", States: { In: { Type: "Pass", Output: "{% $nope %}", End: true } } },
      End: true,
    };
    const { types, error } = await run(makeBench(), mapOf({ Items: [[1]] }, inner));

    expect(error).toBe("States.QueryEvaluationError");
    expect(types.filter((type) => type === "EvaluationFailed")).toHaveLength(1);
    expect(types.filter((type) => type === "MapStateFailed")).toHaveLength(2);
  });
});
