import { describe, expect, it } from "vitest";
import { makeBench, machineOf, run } from "../../test-support/run-machine.ts";
import { evaluateTemplate } from "./evaluate.ts";
import { makeFunctions } from "./functions.ts";

const functions = makeFunctions({
  now: () => Date.parse("2026-02-03T04:05:06Z"),
  newId: () => "an-id",
  random: () => 0.5,
});

function evaluate(expression: string): Promise<unknown> {
  return evaluateTemplate(`{% ${expression} %}`, functions, "Output");
}

describe("the functions that Step Functions adds", () => {
  it.each([
    ["$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]],
    [
      "$partition([1,2,3,4], 2.9)",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["$partition([], 2)", []],
    ["$range(0, 10.5, 2.5)", [0, 2, 4, 6, 8, 10]],
    ["$count($range(1, 5000, 1))", 5000],
    ["$range(1, 9, 2)", [1, 3, 5, 7, 9]],
    ["$range(3, 1, -1)", [3, 2, 1]],
    ["$range(2, 1, 1)", []],
    ["$hash('abc', 'SHA-1')", "a9993e364706816aba3e25717850c26c9cd0d89d"],
    ["$hash('abc', 'MD5')", "900150983cd24fb0d6963f7d28e17f72"],
    ["$parse('{\"a\":[1]}').a", [1]],
    ["$uuid()", "an-id"],
    ["$random()", 0.5],
    ["$shuffle([1,2,3,4])", [1, 4, 2, 3]],
    ["$shuffle([1])", [1]],
    ["$random(7) = $random(7) and $random(7) != $random(8)", true],
    ["$random(7.9) = $random(7)", true],
    ["$hash('abc', 'SHA-384') ~> $length()", 96],
    ["$hash('abc', 'SHA-512') ~> $length()", 128],
    ["$hash('abc', 'SHA-256')", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ])("%s", async (expression, expected) => {
    expect(await evaluate(expression)).toEqual(expected);
  });

  it.each([
    ["$partition([1], 0)", "size of 1"],
    ["$range(1, 360146, 1)", "memory limit exceeded"],
    ["$random('x')", "seed"],
    ["($f := function($n){ $f($n + 1) }; $f(0))", "timeout"],
    ["($f := function($n){ 1 + $f($n + 1) }; $f(0))", "D1011"],
    ["$range(1, 2, 0)", "other than 0"],
    ["$hash('a', 'CRC')", "SHA-512"],
    ["$parse('{')", "JSON"],
    ["$eval('1')", "$eval"],
    ["$sum('a')", "sum"],
    ["$nope(1)", "function"],
  ])("%s fails and says why", async (expression, reason) => {
    await expect(evaluate(expression)).rejects.toMatchObject({
      error: "States.QueryEvaluationError",
      cause: expect.stringContaining(reason) as string,
    });
  });

  it.each(["$", "$$", "states", "function($x){$x}", "$sum"])("%s has no value", async (expression) => {
    await expect(evaluate(expression)).rejects.toMatchObject({ error: "States.QueryEvaluationError" });
  });
});

describe("JSONata's own clock", () => {
  it("is the runner's", async () => {
    expect(await evaluate("$now()")).toBe("2026-02-03T04:05:06.000Z");
    expect(await evaluate("$now('[Y0001]')")).toBe("2026");
    expect(await evaluate("$millis()")).toBe(Date.parse("2026-02-03T04:05:06Z"));
  });

  it("moves on between states", async () => {
    const definition = machineOf({
      A: { Type: "Wait", Seconds: 60, Next: "B" },
      B: { Type: "Pass", Output: "{% $now() %}", End: true },
    });

    expect((await run(makeBench(), definition)).result).toBe("2026-01-01T00:01:00.000Z");
  });
});
