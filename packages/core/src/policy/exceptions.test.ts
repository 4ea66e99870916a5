import { describe, expect, it } from "vitest";
import { bindPolicy } from "./bind-policy.ts";
import {
  aGroup,
  aPolicy,
  aUser,
  anOrganization,
  LAB,
  PAYMENTS,
  SHOP,
} from "../../test-support/sample-world.ts";

const ada = aUser(101, "ada@example.com");
const directory = {
  groups: [
    aGroup(1, "Engineering", { memberUserIds: [ada.id] }),
    aGroup(2, "Finance", { memberUserIds: [ada.id] }),
  ],
  users: [ada],
};
const ALL = { name: "all", groups: ["Engineering"], permissionSets: ["Admin"], targets: { root: true } };

/** Warns of exceptions that another rule makes ineffective. */
function warningsOf(...rules: Parameters<typeof aPolicy>[0]): string[] {
  const world = { organization: anOrganization(), directory, now: "2026-11-03T08:00:00.000Z" };
  const { warnings } = bindPolicy(aPolicy(rules), world, { manageManagementAccount: false });
  return warnings.filter((warning) => warning.includes("leaves out"));
}

describe("an exception", () => {
  it("is reported where another rule grants what it leaves out", () => {
    expect(
      warningsOf(
        { ...ALL, except: { accounts: [PAYMENTS, LAB] } },
        { ...ALL, name: "production", targets: { ou: ["Workloads/Production"] } },
      ),
    ).toEqual([
      'access.yaml:10: rule "all" leaves out Admin for Engineering in Payments, but "production" (access.yaml:20) grants it: an exception applies only to its own rule',
    ]);
  });

  it.each([
    ["groups", { groups: ["Engineering", "Finance"], except: { groups: ["Engineering"] } }],
    ["permission sets", { permissionSets: ["ReadOnly", "Admin"], except: { permissionSets: ["Admin"] } }],
    ["units", { except: { ou: ["Workloads/Production"] } }],
  ])("of %s is looked at too", (_, rule) => {
    const shop = { ...ALL, name: "shop", targets: { accounts: [SHOP] } };
    expect(warningsOf({ ...ALL, ...rule }, shop)).toEqual([
      expect.stringMatching(
        /^access\.yaml:10: rule "all" leaves out Admin for Engineering in Shop, but "shop"/,
      ),
    ]);
  });

  it("is no matter where others have something else, or are somebody else", () => {
    const except = { accounts: [PAYMENTS] };
    const there = { targets: { accounts: [PAYMENTS] } };
    expect(
      warningsOf(
        { ...ALL, except },
        { ...ALL, ...there, name: "less", permissionSets: ["ReadOnly"] },
        { ...ALL, ...there, name: "others", groups: ["Finance"] },
        { ...ALL, name: "elsewhere", targets: { accounts: [SHOP] } },
        { ...ALL, ...there, name: "past", expires: "2026-10-31T23:59:59.999Z" },
      ),
    ).toEqual([]);
  });
});
