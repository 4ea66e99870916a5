import { describe, expect, it } from "vitest";
import { judge } from "./judge.ts";

const KNOWN = [{ test: "a > known", moto: "", sandbox: "", right: "sandbox", source: "" }] as const;

describe("the judgement on moto", () => {
  it("is content when only known disagreements fail", () => {
    const outcomes = [
      { test: "a > known", passed: false },
      { test: "a > other", passed: true },
    ];
    expect(judge(outcomes, KNOWN)).toEqual({ agreements: 1, problems: [] });
  });

  it.each([
    [[{ test: "a > known", passed: true }], "agrees by now"],
    [
      [
        { test: "a > known", passed: false },
        { test: "a > other", passed: false },
      ],
      "nobody has judged it: a > other",
    ],
    [[{ test: "a > other", passed: true }], "no test has this name"],
    [[], "no test ran"],
  ])("has a problem with %j", (outcomes, problem) => {
    expect(judge(outcomes, KNOWN).problems.join()).toContain(problem);
  });
});
