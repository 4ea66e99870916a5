import { describe, expect, it } from "vitest";
import { explore } from "./explore.ts";
import { GUARDS, type Guards, movesOf, START } from "./fence-model.ts";

function exploreWithout(...missing: readonly (keyof Guards)[]) {
  const guards = { ...GUARDS, ...Object.fromEntries(missing.map((name) => [name, false])) };
  return explore(START, movesOf(guards), ({ broken }) => broken);
}

describe("two runs that share the right to write, in every order of events", () => {
  it("never write what the policy in force does not want, to a world that has changed, or after their end", () => {
    const { states, violation } = exploreWithout();
    expect(violation).toBeNull();
    // The model moves: a model without moves violates nothing either.
    expect(states).toBeGreaterThan(10_000);
  });

  it.each<[string, (keyof Guards)[]]>([
    ["the policy is not proved", ["provesPolicy"]],
    ["the execution is not proved", ["provesExecution"]],
    ["the fence is neither waited for nor proved", ["fence", "provesFence"]],
    [
      "the fence is not proved, and a redriven execution counts as the same run",
      ["provesFence", "tellsRedrives"],
    ],
    ["the plan of before the approval is applied, unproved", ["replansAfterHold", "provesFence"]],
    ["the last operations of a run that ended are not waited for", ["settles"]],
  ])("go wrong when %s", (_, missing) => {
    expect(exploreWithout(...missing).violation?.trace.length).toBeGreaterThan(3);
  });
});
