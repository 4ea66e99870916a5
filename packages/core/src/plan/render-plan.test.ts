import { describe, expect, it } from "vitest";
import { LAB, PAYMENTS, SHOP, aSpec } from "../policy/sample-world.ts";
import { planAccess } from "./plan-access.ts";
import { renderPlan } from "./render-plan.ts";
import { anInstance, bound, planInput, stored, wanted } from "./sample-plan.ts";

describe("the plan as text", () => {
  it("says what happens where, to whom and why", () => {
    const instance = anInstance(
      [
        [PAYMENTS, "Admin", 4],
        [LAB, "ReadOnly", 1],
        [SHOP, "ReadOnly", 5],
      ],
      { principals: [1, 4, 5].map(stored) },
    );
    const { ledger } = planInput({ instance });
    const plan = planAccess(
      planInput({
        bound: bound(
          [wanted(LAB, "ReadOnly", 1), wanted(PAYMENTS, "ReadOnly", 1), wanted(PAYMENTS, "Admin", 2)],
          ['access.yaml:30: rule "old" matches no active account'],
        ),
        policy: {
          permissionSets: {
            ReadOnly: aSpec({ sessionDuration: "PT4H" }),
            Deploy: aSpec({ inlinePolicy: "{}" }),
          },
        },
        instance,
        ledger: new Set([...ledger].filter((key) => !key.startsWith(SHOP))),
      }),
    );

    expect(renderPlan(plan)).toMatchInlineSnapshot(`
      "Assignments: 2 to create, 1 to delete, 1 unchanged, 1 not made by Landbridge and left alone
      Permission sets: 1 to create, 1 to update, 0 to delete

      Permission sets
        + Deploy
            sessionDuration PT1H
            + inlinePolicy (2 characters)
        ~ ReadOnly
            sessionDuration PT1H -> PT4H

      Payments (222222222222)
        - Admin     group Group 4  no rule asks for it any more
        + Admin     group Group 2  look (access.yaml:10)
        + ReadOnly  group Group 1  look (access.yaml:10)

      Waiting for provisioning
        group Group 2

      Warnings
        ! access.yaml:30: rule "old" matches no active account"
    `);
  });

  it("says so when there is nothing to do", () => {
    expect(renderPlan(planAccess(planInput()))).toMatchInlineSnapshot(`
      "Assignments: 0 to create, 0 to delete, 0 unchanged
      Permission sets: 0 to create, 0 to update, 0 to delete"
    `);
  });

  it("lets no name control the terminal of who approves", () => {
    const evil = wanted(LAB, "Admin", 1);
    const principal = { ...evil.principal, name: "Nice\u001b[2K\r\u202eemos\nx" };
    const text = renderPlan(planAccess(planInput({ bound: bound([{ ...evil, principal }]) })));
    expect(text).toContain("Nice\uFFFD[2K\uFFFD\uFFFDemos\uFFFDx");
  });
});
