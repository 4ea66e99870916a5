import { describe, expect, it } from "vitest";
import { aPlan, stored } from "./sample-plan.ts";
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
  it("gives counts first, then accounts, then warnings", () => {
    const deletion = change(2, {
      action: "delete",
      reason: { rule: null, where: null, text: "no rule asks for it any more" },
    });
    const plan = {
      ...aPlan([deletion, change(1)]),
      permissionSets: [
        {
          action: "update",
          name: "Admin",
          arn: "arn",
          spec: {} as never,
          changes: ["sessionDuration PT1H -> PT4H"],
        },
      ] as const,
      warnings: ["rule look matches nobody"],
    };
    expect(renderPlanMarkdown(plan)).toMatchInlineSnapshot(`
      "### Access plan

      | | create | update | delete | unchanged |
      | --- | ---: | ---: | ---: | ---: |
      | Assignments | 1 | – | 1 | 0 |
      | Permission sets | 0 | 0 | 0 | – |

      #### Permission sets

      - **update** Admin
        - sessionDuration PT1H -&#62; PT4H

      #### Payments (222222222222)

      - **delete** ReadOnly for group Group 2: no rule asks for it any more
      - **create** ReadOnly for group Group 1: look (access.yaml&#58;10)

      #### Warnings

      - rule look matches nobody"
    `);
  });

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
    ["\u202Egnp.exe", "\u202E"],
    ["x\n### Approved", "\n### Approved"],
  ])("lets no name make markup: %j", (name, dangerous) => {
    const principal = { ...change(1).principal, name };
    expect(renderPlanMarkdown(aPlan([change(1, { principal })]))).not.toContain(dangerous);
  });
});
