import { describe, expect, it } from "vitest";
import { aPlan, stored } from "../../test-support/sample-plan.ts";
import type { AssignmentChange } from "./plan.ts";
import { renderPlanMarkdown } from "./render-plan-markdown.ts";

function change(number: number, more: Partial<AssignmentChange> = {}): AssignmentChange {
  const { principalId, externalId, name } = stored(number);
  return {
    action: "create",
    accountId: "222222222222",
    accountName: "Payments",
    permissionSet: "ReadOnly",
    principal: { type: "GROUP", directoryId: externalId, principalId, name },
    reason: { rule: "look", where: "access.yaml:10", text: "look" },
    ...more,
  };
}

describe("a plan for a pull request", () => {
  it("folds what is long", () => {
    const changes = Array.from({ length: 30 }, (_, index) => change(index + 1));
    expect(renderPlanMarkdown(aPlan(changes))).toContain(
      "<details><summary>Payments (222222222222): 30 lines</summary>",
    );
  });

  it.each([
    ["</details>", "</details>"],
    ["@everyone", "@everyone"],
    ["[here](https://evil.example)", "https://"],
    ["a | b", "a | b"],
    ["see www.evil.example", "www."],
    ["#1", "#1"],
    ["\u202Egnp.exe", "\u202E"],
    ["x\n### Approved", "\n### Approved"],
  ])("lets no name make markup: %j", (name, dangerous) => {
    const principal = { ...change(1).principal, name };
    expect(renderPlanMarkdown(aPlan([change(1, { principal })]))).not.toContain(dangerous);
  });

  it("keeps within the length of a comment, counts and warnings first, and says what it leaves out", () => {
    const changes = Array.from({ length: 3_000 }, (_, index) =>
      change(index + 1, { accountId: String(100_000_000_000 + Math.floor(index / 10)) }),
    );
    const text = renderPlanMarkdown({ ...aPlan(changes), warnings: ["mind the gap"] });
    expect(text.length).toBeLessThan(65_536);
    expect(text.indexOf("mind the gap")).toBeLessThan(text.indexOf("Payments"));
    const shown = text.match(/#### Payments/g)?.length ?? 0;
    expect(text).toContain(`**${300 - shown} more sections are too long for a comment`);
  });
});
