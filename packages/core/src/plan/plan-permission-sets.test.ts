import { describe, expect, it } from "vitest";
import { LAB, aSpec } from "../../test-support/sample-world.ts";
import { planAccess } from "./plan-access.ts";
import { type PlanInputParts, anInstance, arnOf, planInput } from "../../test-support/sample-plan.ts";

function changesOfTags(tags: Record<string, string> | null, before: Record<string, string> | null) {
  const spec = aSpec({ tags: before, relayState: "https://x" });
  return planAccess(
    planInput({
      policy: { permissionSets: { P: aSpec({ tags }) } },
      instance: anInstance([], { permissionSets: [{ name: "P", arn: "arn:p", spec }] }),
    }),
  ).permissionSets[0];
}

describe("planning permission sets", () => {
  it("creates what is missing, updates what differs in meaning, leaves the rest alone", () => {
    const inlinePolicy = '{"Statement":[],"Version":"2012-10-17"}';
    const permissionSets = {
      Admin: aSpec({ sessionDuration: "PT4H", awsManagedPolicies: ["arn:b", "arn:a"] }),
      Same: aSpec({ sessionDuration: "PT2H", inlinePolicy }),
      New: aSpec({ description: "Look" }),
    };
    const existing = [
      { name: "Admin", arn: "arn:admin", spec: aSpec({ awsManagedPolicies: ["arn:c", "arn:a"] }) },
      {
        name: "Same",
        arn: "arn:same",
        spec: aSpec({
          description: "Said by hand",
          sessionDuration: "PT120M",
          inlinePolicy: '{"Version": "2012-10-17", "Statement": []}',
        }),
      },
      { name: "Other", arn: "arn:other", spec: aSpec() },
    ];

    const plan = planAccess(
      planInput({ policy: { permissionSets }, instance: anInstance([], { permissionSets: existing }) }),
    );

    expect(
      plan.permissionSets.map(({ action, name, arn, changes }) => ({ action, name, arn, changes })),
    ).toEqual([
      {
        action: "update",
        name: "Admin",
        arn: "arn:admin",
        changes: ["sessionDuration PT1H -> PT4H", "- awsManagedPolicy arn:c", "+ awsManagedPolicy arn:b"],
      },
      { action: "create", name: "New", arn: null, changes: ['description "Look"', "sessionDuration PT1H"] },
    ]);
    expect(plan.counts).toMatchObject({ permissionSetCreates: 1, permissionSetUpdates: 1 });
  });

  it("names every kind of difference", () => {
    const before = aSpec({
      description: "Old",
      inlinePolicy: "{}",
      permissionsBoundary: { awsManagedPolicy: "arn:limit" },
    });
    const after = aSpec({
      description: "New",
      customerManagedPolicies: [{ name: "Deploy", path: "/team/" }],
      permissionsBoundary: { customerManagedPolicy: { name: "Limit", path: "/" } },
    });
    const plan = planAccess(
      planInput({
        policy: { permissionSets: { P: after } },
        instance: anInstance([], { permissionSets: [{ name: "P", arn: "arn:p", spec: before }] }),
      }),
    );
    expect(plan.permissionSets[0]?.changes).toEqual([
      'description "Old" -> "New"',
      "+ customerManagedPolicy /team/Deploy",
      "- inlinePolicy (2 characters)",
      "permissionsBoundary arn:limit -> /Limit",
    ]);
  });

  it("changes exactly the tags that the policy says, and none when it says nothing", () => {
    expect(
      changesOfTags({ stage: "prod", owner: "a" }, { stage: "lab", cost: "7", "aws:own": "1" }),
    ).toMatchObject({
      changes: ["- tag cost=7", "- tag stage=lab", "+ tag owner=a", "+ tag stage=prod"],
      spec: { relayState: "https://x" },
    });
    expect(changesOfTags(null, { stage: "lab" })).toBeUndefined();
    expect(changesOfTags({ stage: "lab" }, { stage: "lab", "aws:own": "1" })).toBeUndefined();
    expect(() => changesOfTags({ stage: "lab" }, null)).toThrow(
      expect.objectContaining({ name: "IncompleteRead" }),
    );
  });
});

describe("deleting permission sets", () => {
  const OLD = { name: "Old", arn: arnOf("Old"), spec: aSpec() };
  const FOREIGN = { name: "Foreign", arn: arnOf("Foreign"), spec: aSpec() };

  function deletions(more: PlanInputParts, has: readonly (readonly [string, string, number])[] = []) {
    const instance = anInstance(has, {
      permissionSets: [OLD, FOREIGN],
      ownPermissionSetArns: [OLD.arn, arnOf("Gone")],
    });
    const plan = planAccess(planInput({ instance, ...more }));
    expect(plan.counts.permissionSetDeletes).toBe(plan.permissionSets.length);
    return plan.permissionSets;
  }

  it("takes those that Landbridge made, the policy does not define and nobody has or keeps", () => {
    const deletion = {
      action: "delete",
      ...OLD,
      changes: ["made by Landbridge, no longer in the policy, used by nobody"],
    };
    expect(deletions({})).toEqual([deletion]);
    expect(deletions({}, [[LAB, "Old", 1]])).toEqual([deletion]);
  });

  it.each([
    ["is in the policy", { policy: { permissionSets: { Old: aSpec() } } }],
    [
      "is protected",
      {
        settings: {
          manageManagementAccount: true,
          breakGlass: { principalIds: [], permissionSets: ["Old"] },
        },
      },
    ],
  ])("leaves a set that %s", (_, more) => {
    expect(deletions(more)).toEqual([]);
  });

  it("leaves a set that somebody else has assigned", () => {
    expect(deletions({ ledger: new Map() }, [[LAB, "Old", 1]])).toEqual([]);
  });
});
