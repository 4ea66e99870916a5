import { describe, expect, it } from "vitest";
import { CLOSED, LAB, PAYMENTS, SHOP, aSpec } from "../../test-support/sample-world.ts";
import { planAccess } from "./plan-access.ts";
import type { Plan } from "./plan.ts";
import { renderPlan } from "./render-plan.ts";
import { renderPlanMarkdown } from "./render-plan-markdown.ts";
import {
  anInstance,
  arnOf,
  bound,
  ownedIn,
  planInput,
  stored,
  wanted,
} from "../../test-support/sample-plan.ts";

/** Every kind of change, reason and warning once, and a name that tries to be markup. */
function aFullPlan(): Plan {
  const instance = anInstance(
    [
      [PAYMENTS, "Admin", 4],
      [PAYMENTS, "ReadOnly", 3],
      [LAB, "ReadOnly", 1],
      [SHOP, "ReadOnly", 5],
    ],
    {
      principals: [1, 3, 4, 5].map(stored),
      ownPermissionSetArns: [arnOf("Admin"), arnOf("Old")],
      permissionSets: ["ReadOnly", "Admin", "Old"].map((name) => ({ name, arn: arnOf(name), spec: aSpec() })),
      outdated: [PAYMENTS, CLOSED].map((accountId) => ({ permissionSetArn: arnOf("Admin"), accountId })),
    },
  );
  const evil = wanted(PAYMENTS, "Admin", 2);
  const lapsed = wanted(PAYMENTS, "ReadOnly", 3);
  const text = 'rule "audit" expired on 2026-10-31T23:59:59.999Z';
  return planAccess(
    planInput({
      bound: {
        ...bound(
          [
            wanted(LAB, "ReadOnly", 1),
            wanted(PAYMENTS, "ReadOnly", 1),
            { ...evil, principal: { ...evil.principal, name: "**@all** </summary>" } },
          ],
          ['access.yaml:30: rule "old" matches no active account'],
        ),
        expired: [{ ...lapsed, reason: { rule: "audit", where: "access.yaml:50", text } }],
      },
      policy: {
        permissionSets: {
          Admin: aSpec(),
          ReadOnly: aSpec({ sessionDuration: "PT4H", relayState: "https://console.aws.amazon.com/s3" }),
          Deploy: aSpec({ inlinePolicy: "{}", tags: { team: "web" } }),
        },
      },
      instance,
      ledger: ownedIn(instance, ({ accountId }) => accountId !== SHOP),
    }),
  );
}

describe("a plan, rendered", () => {
  it("reads as text", async () => {
    await expect(renderPlan(aFullPlan())).toMatchFileSnapshot("golden/plan-text.golden");
  });

  it("reads as a comment of a pull request", async () => {
    await expect(renderPlanMarkdown(aFullPlan())).toMatchFileSnapshot("golden/plan-markdown.golden");
  });

  it("is one JSON document, from which it can be read again", async () => {
    const json = JSON.stringify(aFullPlan(), null, 2);
    expect(JSON.parse(json)).toEqual(aFullPlan());
    await expect(json).toMatchFileSnapshot("golden/plan-json.golden");
  });
});
