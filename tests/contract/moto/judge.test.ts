import { describe, expect, it } from "vitest";
import { judge } from "./judge.ts";

const KNOWN = [
  { test: "a > known", fails: "no such", moto: "", sandbox: "", right: "sandbox", source: "" },
] as const;
const known = { test: "a > known", failure: "Error: no such operation" };

describe("the judgement on moto", () => {
  it("is content when only known disagreements fail", () => {
    const outcomes = [known, { test: "a > other", failure: null }];
    expect(judge(outcomes, KNOWN)).toEqual({ agreements: 1, problems: [] });
  });

  it.each([
    [[{ ...known, failure: null }], "agrees by now"],
    [[{ ...known, failure: "Error: timeout" }], "in another way"],
    [[known, { test: "a > other", failure: "Error" }], "nobody has judged it: a > other"],
    [[{ test: "a > other", failure: null }], "no test has this name"],
    [[], "no test ran"],
  ])("has a problem with %j", (outcomes, problem) => {
    expect(judge(outcomes, KNOWN).problems.join()).toContain(problem);
  });
});
