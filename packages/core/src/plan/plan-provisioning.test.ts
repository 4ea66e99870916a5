import { describe, expect, it } from "vitest";
import { aSpec, CLOSED, LAB, MANAGEMENT, PAYMENTS, SHOP } from "../../test-support/sample-world.ts";
import { planAccess } from "./plan-access.ts";
import { planHash } from "./plan-hash.ts";
import { anInstance, arnOf, planInput, type PlanInputParts } from "../../test-support/sample-plan.ts";

function plan(outdated: readonly (readonly [string, string])[], more: PlanInputParts = {}) {
  return planAccess(
    planInput({
      instance: anInstance([], {
        outdated: outdated.map(([name, accountId]) => ({ permissionSetArn: arnOf(name), accountId })),
      }),
      ...more,
      policy: { permissionSets: { ReadOnly: aSpec(), Admin: aSpec() }, ...more.policy },
    }),
  );
}

function rolesOf({ provisioning }: ReturnType<typeof plan>): string[] {
  return provisioning.map(({ permissionSet, accountName }) => `${permissionSet} ${accountName}`);
}

describe("roles that are out of date", () => {
  it("are planned, by permission set and account, and change what the plan is", () => {
    const planned = plan([
      ["ReadOnly", SHOP],
      ["ReadOnly", PAYMENTS],
      ["Admin", LAB],
    ]);
    expect(rolesOf(planned)).toEqual(["Admin Lab", "ReadOnly Payments", "ReadOnly Shop"]);
    expect(planned.counts.provisions).toBe(3);
    expect(planHash(planned)).not.toBe(planHash(plan([])));
    expect(planned.stateHash).not.toBe(plan([]).stateHash);
  });

  it("follow from an update of their set, and are not planned separately", () => {
    const policy = { permissionSets: { ReadOnly: aSpec({ sessionDuration: "PT4H" }), Admin: aSpec() } };
    const planned = plan(
      [
        ["ReadOnly", SHOP],
        ["Admin", SHOP],
      ],
      { policy },
    );
    expect(planned.counts.permissionSetUpdates).toBe(1);
    expect(rolesOf(planned)).toEqual(["Admin Shop"]);
  });

  it("stay as they are, with a warning, in accounts that are not active or unknown", () => {
    const planned = plan([
      ["ReadOnly", CLOSED],
      ["ReadOnly", "999999999999"],
    ]);
    expect(planned.provisioning).toEqual([]);
    expect(planned.warnings).toEqual(["2 role(s) stay out of date: their account is not active or unknown"]);
  });

  it("stay as they are in the management account unless a setting allows it, and of break-glass sets", () => {
    const outdated = [
      ["ReadOnly", MANAGEMENT],
      ["Admin", SHOP],
    ] as const;
    const breakGlass = { principalIds: [], permissionSets: ["Admin"] };
    const planned = plan(outdated, { settings: { breakGlass } });
    expect(planned.provisioning).toEqual([]);
    expect(planned.warnings).toEqual(["2 role(s) stay out of date: break-glass or management account"]);
    const allowed = plan(outdated, { settings: { manageManagementAccount: true } });
    expect(rolesOf(allowed)).toEqual(["Admin Shop", "ReadOnly Management"]);
  });

  it("are nobody's business when the policy does not define their set", () => {
    const planned = plan([["Admin", SHOP]], { policy: { permissionSets: { ReadOnly: aSpec() } } });
    expect({ roles: planned.provisioning, warnings: planned.warnings }).toEqual({ roles: [], warnings: [] });
  });
});
