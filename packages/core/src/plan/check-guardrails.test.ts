import { describe, expect, it } from "vitest";
import { checkGuardrails } from "./check-guardrails.ts";
import { aPlan } from "./sample-plan.ts";

function check(deletes: number, ledgered: number, guardrails = { maxDeletions: 10, maxDeletionPercent: 20 }) {
  return checkGuardrails({ counts: { ...aPlan([]).counts, deletes } }, { guardrails }, ledgered);
}

describe("guardrails", () => {
  it.each([
    [0, 0],
    [10, 1_000],
    [4, 20],
    [10, 19],
  ])("let %i deletions of %i assignments go", (deletes, ledgered) => {
    expect(check(deletes, ledgered)).toEqual({ verdict: "go", reasons: [] });
  });

  it.each([
    [11, 1_000, ["11 assignments would be deleted; without approval at most 10 are"]],
    [5, 20, ["5 of 20 assignments would be deleted; without approval at most 20 % are"]],
    [
      20,
      20,
      [
        "20 assignments would be deleted; without approval at most 10 are",
        "20 of 20 assignments would be deleted; without approval at most 20 % are",
      ],
    ],
  ])("hold %i deletions of %i assignments", (deletes, ledgered, reasons) => {
    expect(check(deletes, ledgered)).toEqual({ verdict: "hold", reasons });
  });

  it("hold the very first deletion when none is allowed", () => {
    expect(check(1, 5, { maxDeletions: 0, maxDeletionPercent: 100 }).verdict).toBe("hold");
  });
});
