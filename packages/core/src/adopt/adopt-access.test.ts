import { describe, expect, it } from "vitest";
import { anInstance, arnOf, stored } from "../../test-support/sample-plan.ts";
import {
  CLOSED,
  LAB,
  MANAGEMENT,
  PAYMENTS,
  SHOP,
  aGroup,
  aSpec,
  anAccount,
  anOrganization,
} from "../../test-support/sample-world.ts";
import { adoptAccess } from "./adopt-access.ts";
import type { AdoptInput } from "./reachable-assignments.ts";
import { renderAdopted } from "./render-adopted.ts";

const GROUPS = [1, 2, 3, 4].map((number) => aGroup(number, `Group ${number}`));

function aWorld(has: Parameters<typeof anInstance>[0], more: Partial<AdoptInput> = {}): AdoptInput {
  return {
    organization: anOrganization(),
    instance: anInstance(has),
    directory: { groups: GROUPS, users: [] },
    settings: { manageManagementAccount: false },
    ...more,
  };
}

function ruleNames(input: AdoptInput): string[] {
  return adoptAccess(input).rules.map(({ name }) => name);
}

describe("adoptAccess", () => {
  it("writes a file that a person can review", () => {
    const world = aWorld([
      [PAYMENTS, "ReadOnly", 1],
      [SHOP, "ReadOnly", 1],
      [LAB, "ReadOnly", 1],
      [PAYMENTS, "ReadOnly", 2],
      [SHOP, "ReadOnly", 2],
      [LAB, "ReadOnly", 2],
      [PAYMENTS, "Admin", 2],
      [SHOP, "Admin", 2],
      [CLOSED, "Admin", 2],
    ]);
    expect(renderAdopted(adoptAccess(world), "Adopted in a test.")).toMatchInlineSnapshot(`
      "# Who may do what: permission sets and assignments.
      # Adopted in a test.
      # 2 permission sets, 2 rules for 8 assignments. A first plan with this file is empty.

      # Not covered by this policy, and left unchanged:
      # - Account Closed (555555555555) is SUSPENDED: 1 assignment is left out.

      version: 1
      permissionSets:
        Admin:
          sessionDuration: PT1H
        ReadOnly:
          sessionDuration: PT1H
      rules:
        # 1 group, 1 permission set, 2 accounts: 2 assignments
        - name: "Group 2: Admin in Workloads/Production"
          groups: [Group 2]
          permissionSets: [Admin]
          targets:
            ou: [Workloads/Production]

        # 2 groups, 1 permission set, 3 accounts: 6 assignments
        - name: "Group 1 and Group 2: ReadOnly in Workloads"
          groups: [Group 1, Group 2]
          permissionSets: [ReadOnly]
          targets:
            ou: [Workloads]
      "
    `);
  });

  it("names tags where they say it shorter, and reads so", () => {
    const ids = [1, 2, 3, 4, 5, 6].map((number) => String(number).repeat(12));
    const organization = anOrganization({
      units: [],
      managementAccountId: "666666666666",
      accounts: ids.map((id, index) =>
        anAccount(id, `Account ${index}`, { tags: { env: index < 3 ? "prod" : "it's: dev" } }),
      ),
    });
    const world = aWorld(
      ids.slice(0, 3).map((id) => [id, "Admin", 1] as const),
      { organization },
    );
    const text = renderAdopted(adoptAccess(world), "Adopted in a test.");
    expect(text).toContain('- name: "Group 1: Admin in accounts tagged env=prod"');
    expect(text).toContain("    targets:\n      accountTags:\n        env: [prod]\n");
  });

  it("names a group by object id where another has its name, and says which it is", () => {
    const directory = { groups: [...GROUPS, aGroup(77, "Group 1")], users: [] };
    const text = renderAdopted(adoptAccess(aWorld([[LAB, "ReadOnly", 1]], { directory })), "");
    expect(text).toContain("      - 00000000-0000-4000-a000-000000000001 # Group 1\n");
  });

  it("says of the root that the management account is not meant, unless it is managed", () => {
    const all = [PAYMENTS, SHOP, LAB, MANAGEMENT].map((id) => [id, "ReadOnly", 1] as const);
    const flat = anOrganization({
      accounts: anOrganization().accounts.map((account) => ({ ...account, parentId: "r-r001" })),
    });
    expect(ruleNames(aWorld(all, { organization: flat }))).toEqual([
      "Group 1: ReadOnly everywhere, not in Management",
    ]);
    const settings = { manageManagementAccount: true };
    expect(ruleNames(aWorld(all, { organization: flat, settings }))).toEqual([
      "Group 1: ReadOnly everywhere",
    ]);
  });

  it("leaves out who and where the policy cannot reach, with a note each", () => {
    const world = aWorld([
      [LAB, "ReadOnly", 1],
      [CLOSED, "ReadOnly", 1],
      [MANAGEMENT, "ReadOnly", 1],
      [MANAGEMENT, "Admin", 1],
      ["999999999999", "Admin", 1],
      [LAB, "Admin", 5],
      [LAB, "Admin", 4],
    ]);
    const principals = world.instance.principals.map((principal) =>
      principal.principalId === "store-4" ? { ...stored(4), externalId: null } : principal,
    );
    const adopted = adoptAccess({ ...world, instance: { ...world.instance, principals } });
    expect(adopted.rules.map(({ name }) => name)).toEqual(["Group 1: ReadOnly in Lab"]);
    expect(adopted.notes).toEqual([
      "Account 999999999999 is not in the organization: 1 assignment is left out.",
      "Account Closed (555555555555) is SUSPENDED: 1 assignment is left out.",
      "Account Management (111111111111) is the management account, and the setting manageManagementAccount is off: 2 assignments are left out.",
      'Group "Group 4" (identity store id store-4) was not created by provisioning, so the policy cannot name it: 1 assignment is left out.',
      'Group "Group 5" (object id 00000000-0000-4000-a000-000000000005) is not in the directory: 1 assignment is left out.',
    ]);
  });

  it("leaves out a permission set that the policy cannot say, and says why", () => {
    const spec = aSpec({ inlinePolicy: "not JSON" });
    const permissionSets = [{ name: "Odd", arn: arnOf("Odd"), spec }];
    const { rules, notes } = adoptAccess(
      aWorld([], { instance: anInstance([[LAB, "Odd", 1]], { permissionSets }) }),
    );
    expect(rules).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/^Permission set Odd and its assignments .*policy document/),
    ]);
  });

  it("keeps what turns the direction of a line out of the comments", () => {
    const principals = [{ ...stored(5), name: "x\u202egnp.exe\u2066" }];
    const instance = anInstance([[LAB, "Admin", 5]], { principals });
    expect(renderAdopted(adoptAccess(aWorld([], { instance })), "")).not.toMatch(/\p{Cf}/u);
  });

  it("keeps a line break in a name of the instance out of the comments", () => {
    const principals = [{ ...stored(5), name: "x\nrules: []" }];
    const instance = anInstance([[LAB, "Admin", 5]], { principals });
    const text = renderAdopted(adoptAccess(aWorld([], { instance })), "");
    expect(text.match(/^rules:/gm)).toHaveLength(1);
  });
});
