import { describe, expect, it } from "vitest";
import { aPlan, changeLines, wanted } from "../../test-support/sample-plan.ts";
import type { AssignmentChange, PermissionSetChange } from "../plan/plan.ts";
import { aSpec, SHOP } from "../../test-support/sample-world.ts";
import { splitAdditions } from "./split-additions.ts";

const SPECS = {
  Look: aSpec({ awsManagedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }),
  Admin: aSpec({ awsManagedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"] }),
};

function change(action: AssignmentChange["action"], permissionSet: string, group: number): AssignmentChange {
  const { principal, ...assignment } = wanted(SHOP, permissionSet, group);
  return { action, ...assignment, principal: { ...principal, principalId: null } };
}

function set(action: PermissionSetChange["action"], name: keyof typeof SPECS): PermissionSetChange {
  return { action, name, arn: null, spec: SPECS[name], changes: [] };
}

describe("splitting additions off a plan", () => {
  it("takes creations of unprivileged sets and assignments, and whom they wait for", () => {
    const creates = [change("create", "Look", 1), change("create", "Admin", 2)];
    const plan = {
      ...aPlan([change("delete", "Look", 3), ...creates], [set("create", "Look"), set("create", "Admin")]),
      awaited: creates.map(({ principal }) => principal),
    };

    const split = splitAdditions(plan, { permissionSets: SPECS });

    expect(changeLines(split?.additions.assignments ?? [])).toEqual(["+ Shop Look Group 1"]);
    expect(split?.additions).toMatchObject({
      permissionSets: [{ name: "Look" }],
      awaited: [{ name: "Group 1" }],
      counts: { creates: 1, deletes: 0, permissionSetCreates: 1 },
    });
    expect(changeLines(split?.rest.assignments ?? [])).toEqual([
      "- Shop Look Group 3",
      "+ Shop Admin Group 2",
    ]);
    expect(split?.rest.counts).toMatchObject({ creates: 1, deletes: 1, permissionSetCreates: 1 });
  });

  it.each(["update", "delete"] as const)("gives nobody a set that waits for its %s", (action) => {
    const plan = aPlan([change("create", "Look", 1), change("delete", "Look", 2)], [set(action, "Look")]);
    expect(splitAdditions(plan, { permissionSets: SPECS })).toBeNull();
  });

  it("takes no set that the policy does not define: what it allows is not known", () => {
    const plan = aPlan([change("create", "Unknown", 1), change("delete", "Look", 2)]);
    expect(splitAdditions(plan, { permissionSets: SPECS })).toBeNull();
  });

  it("leaves a plan whole that would all be additions", () => {
    expect(splitAdditions(aPlan([change("create", "Look", 1)]), { permissionSets: SPECS })).toBeNull();
  });
});
