import { describe, expect, it } from "vitest";
import { LAB, MANAGEMENT, PAYMENTS, SHOP, objectId } from "../../test-support/sample-world.ts";
import { planAccess } from "./plan-access.ts";
import {
  aGroupPrincipal,
  anInstance,
  arnOf,
  bound,
  changeLines,
  ownedIn,
  planInput,
  stored,
  wanted,
} from "../../test-support/sample-plan.ts";

describe("planning access", () => {
  it("creates what is wanted and absent, deletes what is ours and unwanted, deletes first", () => {
    const plan = planAccess(
      planInput({
        bound: bound([wanted(SHOP, "ReadOnly", 2), wanted(PAYMENTS, "Admin", 1), wanted(LAB, "ReadOnly", 3)]),
        instance: anInstance([
          [LAB, "ReadOnly", 3],
          [SHOP, "Admin", 4],
        ]),
      }),
    );

    expect(changeLines(plan.assignments)).toEqual([
      "- Shop Admin Group 4",
      "+ Payments Admin Group 1",
      "+ Shop ReadOnly Group 2",
    ]);
    expect(plan.counts).toMatchObject({ desired: 3, unchanged: 1, creates: 2, deletes: 1, foreign: 0 });
    expect(plan.assignments[0]?.reason).toEqual({
      rule: null,
      where: null,
      text: "no rule asks for it any more",
    });
    expect(plan.assignments[1]?.principal).toEqual({ ...aGroupPrincipal(1), principalId: "store-1" });
  });

  it("never touches what it did not make, and counts it", () => {
    const plan = planAccess(planInput({ instance: anInstance([[SHOP, "Admin", 4]]), ledger: new Map() }));
    expect(plan.assignments).toEqual([]);
    expect(plan.counts.foreign).toBe(1);
  });

  it("knows a principal by its object id alone: a group of the same name is another one", () => {
    const impostor = { ...stored(9), principalId: "store-impostor", name: "Group 1" };
    const { externalId: _, ...local } = { ...stored(1), principalId: "store-local" };
    const plan = planAccess(
      planInput({
        bound: bound([wanted(LAB, "Admin", 1)]),
        instance: anInstance([], { principals: [impostor, { ...local, externalId: null }] }),
      }),
    );

    expect(plan.assignments[0]?.principal.principalId).toBeNull();
    expect(plan.awaited).toEqual([{ ...aGroupPrincipal(1), principalId: null }]);
    expect(plan.warnings).toEqual([
      "not in the identity store yet, waiting for provisioning: Group 1",
      "The identity store has another group named Group 1, which is not Entra's: it is not assigned",
    ]);
  });

  it.each([
    ["object id", { principalIds: [objectId(4)], permissionSets: [] }],
    ["identity store id", { principalIds: ["store-4"], permissionSets: [] }],
    ["permission set", { principalIds: [], permissionSets: ["Admin"] }],
  ])("keeps break-glass access, named by %s", (_, breakGlass) => {
    const plan = planAccess(
      planInput({
        instance: anInstance([[SHOP, "Admin", 4]]),
        settings: { manageManagementAccount: true, breakGlass },
      }),
    );
    expect(plan.assignments).toEqual([]);
    expect(plan.warnings).toEqual([
      "1 assignment(s) that no rule asks for are kept: break-glass or management account",
    ]);
  });

  it("keeps the management account as it is unless it is opted in", () => {
    const instance = anInstance([[MANAGEMENT, "Admin", 4]]);
    const breakGlass = { principalIds: [], permissionSets: [] };
    const plan = (manageManagementAccount: boolean) =>
      changeLines(
        planAccess(planInput({ instance, settings: { manageManagementAccount, breakGlass } })).assignments,
      );

    expect(plan(false)).toEqual([]);
    expect(plan(true)).toEqual(["- Management Admin Group 4"]);
  });

  it.each([
    ["is not active", "555555555555"],
    ["the organization does not know", "999999999999"],
  ])("deletes nothing in an account that %s", (_, accountId) => {
    const plan = planAccess(planInput({ instance: anInstance([[accountId, "Admin", 4]]) }));
    expect(plan.assignments).toEqual([]);
    expect(plan.warnings).toEqual([
      "1 assignment(s) that no rule asks for are kept: their account is not active or unknown",
    ]);
  });

  describe("whose group is gone", () => {
    const withGroup = anInstance([[SHOP, "Admin", 4]]);
    const instance = { ...withGroup, principals: [1, 2, 3, 5].map(stored) };
    const ledger = ownedIn(withGroup);

    it("is deleted when it is Landbridge's own, under the name that the group had", () => {
      const plan = planAccess(planInput({ instance, ledger }));
      expect(changeLines(plan.assignments)).toEqual(["- Shop Admin Group 4"]);
      expect(plan.assignments[0]).toMatchObject({
        principal: { directoryId: null, principalId: "store-4" },
        reason: { rule: null, text: "its group does not exist any more" },
      });
      expect(plan.counts.foreign).toBe(0);
    });

    it("is left alone when somebody else made it", () => {
      const plan = planAccess(planInput({ instance, ledger: new Map() }));
      expect(plan.assignments).toEqual([]);
      expect(plan.counts.foreign).toBe(1);
    });

    it("stays as long as a rule asks for it and provisioning has not brought the group again", () => {
      const input = { bound: bound([wanted(SHOP, "Admin", 4)]), ledger };
      const before = planAccess(planInput({ ...input, instance }));
      expect(changeLines(before.assignments)).toEqual(["+ Shop Admin Group 4"]);
      expect(before.warnings).toContain(
        "1 assignment(s) of groups or users that AWS no longer has are kept until provisioning restores them",
      );

      const again = { ...stored(4), principalId: "store-40" };
      const after = planAccess(
        planInput({ ...input, instance: { ...instance, principals: [...instance.principals, again] } }),
      );
      expect(changeLines(after.assignments)).toEqual(["- Shop Admin Group 4", "+ Shop Admin Group 4"]);
      expect(after.assignments.map(({ principal }) => principal.principalId)).toEqual([
        "store-4",
        "store-40",
      ]);
    });

    it("stays when the group was on the break-glass list", () => {
      const breakGlass = { principalIds: [objectId(4)], permissionSets: [] };
      const settings = { manageManagementAccount: true, breakGlass };
      expect(planAccess(planInput({ instance, ledger, settings })).assignments).toEqual([]);
    });

    it("says the same of a user", () => {
      const user = { type: "USER", principalId: "store-ada", name: "ada", externalId: objectId(90) } as const;
      const assignments = withGroup.assignments.map((one) => ({
        ...one,
        principalType: "USER" as const,
        principalId: user.principalId,
      }));
      const own = ownedIn({ assignments, principals: [user] });
      const plan = planAccess(planInput({ instance: { ...instance, assignments }, ledger: own }));
      expect(plan.assignments.map(({ reason, principal }) => [principal.name, reason.text])).toEqual([
        ["ada", "its user does not exist any more"],
      ]);
    });
  });

  it("does not take for its own what is now another permission set of the same name", () => {
    const instance = anInstance([[SHOP, "Admin", 4]]);
    const ledger = ownedIn({
      ...instance,
      assignments: instance.assignments.map((one) => ({ ...one, permissionSetArn: arnOf("Admin-of-old") })),
    });
    const plan = planAccess(planInput({ instance, ledger }));
    expect(plan.assignments).toEqual([]);
    expect(plan.counts.foreign).toBe(1);
  });

  it("refuses a snapshot that lacks a permission set: nothing is deleted on half a read", () => {
    const instance = anInstance([[SHOP, "Admin", 4]], { permissionSets: [] });
    expect(() => planAccess(planInput({ instance, ledger: new Map() }))).toThrow(
      expect.objectContaining({ name: "IncompleteRead" }),
    );
  });

  it("hands on the warnings of binding", () => {
    expect(planAccess(planInput({ bound: bound([], ["mind the gap"]) })).warnings).toEqual(["mind the gap"]);
  });
});
