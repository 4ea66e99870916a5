import { describe, expect, it } from "vitest";
import { LAB } from "../../test-support/sample-world.ts";
import { planAccess } from "./plan-access.ts";
import { renderPlan } from "./render-plan.ts";
import { bound, planInput, wanted } from "../../test-support/sample-plan.ts";

describe("the plan as text", () => {
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
