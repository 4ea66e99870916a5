import { describe, expect, it } from "vitest";
import type { DirectorySnapshot } from "../model/directory.ts";
import { assignmentKey } from "../model/assignment-key.ts";
import { anInstance, stored } from "../../test-support/sample-plan.ts";
import { type ExplainWorld, explainAccess } from "./explain-access.ts";
import { renderExplanation } from "./render-explanation.ts";
import {
  LAB,
  PAYMENTS,
  SHOP,
  aGroup,
  aPolicy,
  aUser,
  anOrganization,
  objectId,
} from "../../test-support/sample-world.ts";

const ada = aUser(101, "ada@example.com");
const directory: DirectorySnapshot = {
  groups: [
    aGroup(1, "Engineering", { memberGroupIds: [objectId(2)] }),
    aGroup(2, "Platform", { memberGroupIds: [objectId(3), objectId(1)] }),
    aGroup(3, "On call", { memberUserIds: [ada.id] }),
    aGroup(4, "Finance", { memberUserIds: [objectId(102)] }),
    aGroup(5, "AWS-Shop-ReadOnly", { memberUserIds: [ada.id] }),
  ],
  users: [ada, aUser(102, "grace@example.com")],
};
const policy = {
  ...aPolicy([
    { name: "engineers look", groups: ["Engineering"], nested: "expand", targets: { accounts: [LAB] } },
    { name: "ada too", users: [ada.id], permissionSets: ["Admin"], targets: { accounts: [PAYMENTS] } },
    { name: "money", groups: ["Finance"], targets: { root: true } },
    { name: "past", groups: ["On call"], expires: "2026-10-31T23:59:59.999Z", targets: { accounts: [SHOP] } },
  ]),
  conventions: [
    {
      pattern: "AWS-{account}-{permissionSet}",
      at: { file: "access.yaml", line: 70, column: 5 },
      permissionSets: ["ReadOnly"],
      privileged: [],
    },
  ],
};

function explain(user: string, more: Partial<ExplainWorld> = {}) {
  const world = { organization: anOrganization(), directory, now: "2026-11-03T08:00:00.000Z", ...more };
  return explainAccess(policy, world, { user, settings: { manageManagementAccount: false } });
}

describe("explaining what a user has", () => {
  it("names rule, line and the groups on the way, for every account and permission set", () => {
    const explanation = explain("ADA@example.com");
    if (explanation.user === null) throw new Error(explanation.message);
    expect(renderExplanation(explanation)).toMatchInlineSnapshot(`
      "ada@example.com can assume 3 roles in 3 accounts by the policy

      By the policy
        Lab (444444444444)       ReadOnly  through Engineering > Platform > On call  engineers look (access.yaml:10)
        Payments (222222222222)  Admin     by name                                   ada too (access.yaml:20)
        Shop (333333333333)      ReadOnly  through AWS-Shop-ReadOnly                 its name is AWS-{account}-{permissionSet} (access.yaml:70)

      Expired
        Shop (333333333333)  ReadOnly  through On call  rule "past" expired on 2026-10-31T23:59:59.999Z (access.yaml:40)"
    `);
    expect(explanation.access.map(({ isInForce }) => isInForce)).toEqual([null, null, null]);
  });

  it("says what is in force, and what the instance has that no rule asks for", () => {
    const instance = anInstance(
      [
        [LAB, "ReadOnly", 3],
        [LAB, "Admin", 3],
        [LAB, "Admin", 4],
      ],
      { principals: [3, 4].map(stored) },
    );
    const explanation = explain(ada.id, { instance });
    if (explanation.user === null) throw new Error(explanation.message);
    expect(explanation.access.map(({ accountName, isInForce }) => `${accountName} ${isInForce}`)).toEqual([
      "Lab true",
      "Payments false",
      "Shop false",
    ]);
    expect(explanation.unexplained.map(assignmentKey)).toEqual([`${LAB}/Admin/GROUP/${objectId(3)}`]);
    expect(renderExplanation(explanation)).toContain(
      "On the instance, by no rule\n  444444444444  Admin  through Group 3",
    );
  });

  it("says what a rule leaves out, and that another grants it anyway", () => {
    const rules = aPolicy([
      { name: "all", groups: ["On call"], targets: { root: true }, except: { accounts: [LAB, SHOP] } },
      { name: "lab", groups: ["On call"], targets: { accounts: [LAB] } },
    ]);
    const world = { organization: anOrganization(), directory, now: "2026-11-03T08:00:00.000Z" };
    const settings = { manageManagementAccount: false };
    const explanation = explainAccess(rules, world, { user: ada.id, settings });
    if (explanation.user === null) throw new Error(explanation.message);
    expect(renderExplanation(explanation).split("\n\n")[2]).toMatchInlineSnapshot(`
      "Left out by an exception
        Lab (444444444444)   ReadOnly  through On call  rule "all" leaves it out (access.yaml:10)  granted anyway, see above
        Shop (333333333333)  ReadOnly  through On call  rule "all" leaves it out (access.yaml:10)"
    `);
  });

  it("says of somebody without access that there is none, and why", () => {
    const users = [...directory.users, aUser(103, "zoe@example.com")];
    const explanation = explain("zoe@example.com", { directory: { ...directory, users } });
    if (explanation.user === null) throw new Error(explanation.message);
    expect(renderExplanation(explanation)).toBe(
      "zoe@example.com has no access by the policy: no rule names this user or a group with the user as a direct member",
    );
  });

  it("knows nobody outside of what the policy names, and who may have been meant", () => {
    expect(explain("aad@example.com")).toEqual({
      user: null,
      message:
        'no user "aad@example.com" is named by the policy or is in a group that it names (did you mean "ada@example.com"?)',
    });
  });
});
