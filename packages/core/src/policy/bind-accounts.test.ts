import { describe, expect, it } from "vitest";
import type { Organization } from "../model/organization.ts";
import { AccountBinder } from "./bind-accounts.ts";
import { Findings } from "./findings.ts";
import type { TargetSelection } from "./policy.ts";
import { LAB, PAYMENTS, aPolicy, anAccount, anOrganization } from "../../test-support/sample-world.ts";

function accountsOf(
  targets: Partial<TargetSelection>,
  except: Partial<TargetSelection> = {},
  organization: Organization = anOrganization(),
): { names: string[]; warnings: string[] } {
  const policy = aPolicy([{ targets, except }]);
  const findings = new Findings(policy, []);
  const binder = new AccountBinder(organization, findings);
  const accounts = policy.rules.flatMap((rule, index) => binder.accountsOf(rule, index).kept);
  return { names: accounts.map(({ name }) => name).toSorted(), warnings: findings.warnings() };
}

describe("the accounts of a rule", () => {
  it.each([
    ["the root", { root: true }, ["Closed", "Lab", "Management", "Payments", "Shop"]],
    ["a unit and those below it", { ou: ["Workloads"] }, ["Lab", "Payments", "Shop"]],
    ["a unit by path", { ou: ["Workloads/Production"] }, ["Payments", "Shop"]],
    ["a unit by id", { ou: ["ou-r001-prod0000"] }, ["Payments", "Shop"]],
    ["a unit with space around its names", { ou: [" Workloads / Lab "] }, ["Lab"]],
    ["a tag", { accountTags: { env: ["prod", "stage"] } }, ["Payments", "Shop"]],
    ["two tags, both of which must fit", { accountTags: { env: ["prod"], team: ["web"] } }, ["Shop"]],
    ["a tag that nobody carries", { accountTags: { constructor: ["x"] } }, []],
    ["names and ids", { accounts: ["Shop", LAB] }, ["Lab", "Shop"]],
    [
      "several kinds, which add up",
      { ou: ["Workloads/Lab"], accountTags: { team: ["money"] } },
      ["Lab", "Payments"],
    ],
  ])("are those of %s", (_, targets, names) => {
    expect(accountsOf(targets).names).toEqual(names);
  });

  it.each([
    [{ accounts: ["Shop"] }, ["Lab", "Payments"]],
    [{ ou: ["Workloads/Production"] }, ["Lab"]],
    [{ accountTags: { team: ["money"] } }, ["Lab", "Shop"]],
  ])("are without those excepted by %j", (except, names) => {
    expect(accountsOf({ ou: ["Workloads"] }, except).names).toEqual(names);
  });

  it.each([["production"], ["Workloads/production"], ["Workloads/Production/"], ["Production"]])(
    "are not those of a unit that is nearly named: %s",
    (path) => {
      expect(() => accountsOf({ ou: [path] })).toThrow("no organizational unit");
    },
  );

  it("are not guessed when tags were not read, unless no tag is asked for or the account is not active", () => {
    const accounts = anOrganization().accounts.map((account) => ({ ...account, tags: null }));
    const unread = anOrganization({ accounts });
    const byTag = { accountTags: { env: ["prod"] } };
    expect(() => accountsOf(byTag, {}, unread)).toThrow(expect.objectContaining({ name: "IncompleteRead" }));
    expect(() => accountsOf({ root: true }, byTag, unread)).toThrow("were not read");
    expect(accountsOf({ ou: ["Workloads/Lab"] }, {}, unread).names).toEqual(["Lab"]);
    const inactive = anOrganization().accounts.map((account) =>
      account.name === "Closed" ? { ...account, tags: null } : account,
    );
    expect(accountsOf(byTag, {}, anOrganization({ accounts: inactive })).names).toEqual(["Payments", "Shop"]);
  });

  it("warn when an account that is named is not active", () => {
    expect(accountsOf({ accounts: ["Closed"] }).warnings).toEqual([
      "access.yaml:10: account Closed (555555555555) is SUSPENDED: nobody is assigned there",
    ]);
  });

  it("are refused when two active ones have the name", () => {
    const accounts = [...anOrganization().accounts, anAccount("666666666666", "Payments")];
    expect(() => accountsOf({ accounts: ["Payments"] }, {}, anOrganization({ accounts }))).toThrow(
      `access.yaml:10:5 rules[0].targets.accounts[0]: 2 accounts are named "Payments" (${PAYMENTS}, 666666666666); name it by id`,
    );
  });

  it("are the active one when a closed one has the name too", () => {
    const accounts = [...anOrganization().accounts, anAccount("666666666666", "Closed")];
    const { names, warnings } = accountsOf({ accounts: ["Closed"] }, {}, anOrganization({ accounts }));
    expect(names).toEqual(["Closed"]);
    expect(warnings).toEqual([]);
  });

  it("are refused when two units have the path", () => {
    const units = [
      ...anOrganization().units,
      { id: "ou-r001-twin0000", name: "Lab", parentId: "ou-r001-work0000", path: "Workloads/Lab" },
    ];
    expect(() => accountsOf({ ou: ["Workloads/Lab"] }, {}, anOrganization({ units }))).toThrow(
      '2 organizational units are "Workloads/Lab" (ou-r001-lab00000, ou-r001-twin0000); name it by id',
    );
  });

  it("are an incomplete read when a unit between account and root is missing", () => {
    expect(() => accountsOf({ root: true }, {}, anOrganization({ units: [] }))).toThrow(
      expect.objectContaining({ name: "IncompleteRead" }),
    );
  });
});
