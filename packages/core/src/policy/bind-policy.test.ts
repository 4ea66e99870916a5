import { describe, expect, it } from "vitest";
import type { DirectorySnapshot } from "../model/directory.ts";
import { bindPolicy } from "./bind-policy.ts";
import type { BoundPolicy } from "./bound-policy.ts";
import type { AccessPolicy } from "./policy.ts";
import {
  MANAGEMENT,
  PAYMENTS,
  aGroup,
  aPolicy,
  aUser,
  anOrganization,
  objectId,
} from "../../test-support/sample-world.ts";

const ada = aUser(101, "ada@example.com");
const directory: DirectorySnapshot = {
  groups: [
    aGroup(1, "Engineering", { memberUserIds: [ada.id], memberGroupIds: [objectId(2)] }),
    aGroup(2, "Platform", { memberGroupIds: [objectId(1), objectId(3)] }),
    aGroup(3, "On call", { memberUserIds: [objectId(199)] }),
    aGroup(4, "Mailing list", { securityEnabled: false, memberUserIds: [objectId(199)] }),
    aGroup(5, "Nobody yet"),
  ],
  users: [ada, aUser(102, "grace@example.com")],
};

const NOW = "2026-11-03T08:00:00.000Z";

function bind(policy: AccessPolicy, manageManagementAccount = false): BoundPolicy {
  return bindPolicy(
    policy,
    { organization: anOrganization(), directory, now: NOW },
    { manageManagementAccount },
  );
}

/** `Payments ReadOnly Engineering` */
function lines({ assignments }: BoundPolicy): string[] {
  return assignments
    .map(({ accountName, permissionSet, principal }) => `${accountName} ${permissionSet} ${principal.name}`)
    .toSorted();
}

describe("binding the policy", () => {
  it("gives every principal every permission set in every account, each once", () => {
    const bound = bind(
      aPolicy([
        { groups: ["On call"], permissionSets: ["ReadOnly", "Admin"], targets: { accounts: ["Payments"] } },
        { groups: [objectId(3)], users: ["ADA@example.com"], targets: { accounts: [PAYMENTS, "Lab"] } },
      ]),
    );

    expect(lines(bound)).toEqual([
      "Lab ReadOnly On call",
      "Lab ReadOnly ada@example.com",
      "Payments Admin On call",
      "Payments ReadOnly On call",
      "Payments ReadOnly ada@example.com",
    ]);
  });

  it("gives as the reason the first rule of the file that asks for it", () => {
    const rule = { groups: ["On call"], targets: { accounts: ["Lab"] } };
    const bound = bind(
      aPolicy([
        { ...rule, name: "first" },
        { ...rule, name: "second" },
      ]),
    );
    expect(bound.assignments[0]?.reason).toEqual({ rule: "first", where: "access.yaml:10", text: "first" });
  });

  it("leaves out what a rule excepts, and only from that rule", () => {
    const everywhere = { targets: { ou: ["Workloads"] }, permissionSets: ["ReadOnly", "Admin"] };
    const bound = bind(
      aPolicy([
        {
          ...everywhere,
          groups: ["On call", "Platform"],
          users: ["ada@example.com", "grace@example.com"],
          except: {
            groups: ["Platform"],
            users: ["grace@example.com"],
            permissionSets: ["Admin"],
            accounts: ["Lab"],
          },
        },
        { groups: ["Platform"], targets: { accounts: ["Lab"] } },
      ]),
    );

    expect(lines(bound)).toEqual([
      "Lab ReadOnly Platform",
      "Payments ReadOnly On call",
      "Payments ReadOnly ada@example.com",
      "Shop ReadOnly On call",
      "Shop ReadOnly ada@example.com",
    ]);
  });

  it("expands nested groups, circles included, without what is excepted and nested in that", () => {
    const rule = { groups: ["Engineering"], nested: "expand" as const, targets: { accounts: ["Lab"] } };
    expect(lines(bind(aPolicy([rule])))).toEqual([
      "Lab ReadOnly Engineering",
      "Lab ReadOnly On call",
      "Lab ReadOnly Platform",
    ]);
    expect(lines(bind(aPolicy([{ ...rule, except: { groups: ["On call"] } }])))).toEqual([
      "Lab ReadOnly Engineering",
      "Lab ReadOnly Platform",
    ]);
  });

  it("puts everybody whom rules are for into the scope, once", () => {
    const bound = bind(
      aPolicy([
        { groups: ["Platform"], nested: "expand", targets: { accounts: ["Lab"] } },
        { groups: ["On call"], users: ["ada@example.com"], targets: { accounts: ["Closed"] } },
      ]),
    );
    expect(bound.principals.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "GROUP Engineering",
      "GROUP Platform",
      "GROUP On call",
      "USER ada@example.com",
    ]);
  });

  it("leaves the management account out and says so once, unless it is opted in", () => {
    const rules = [
      { groups: ["On call"], targets: { root: true } },
      { groups: ["On call"], permissionSets: ["Admin"], targets: { accounts: ["Management", "Lab"] } },
    ];
    const bound = bind(aPolicy(rules));

    expect(bound.assignments.filter(({ accountId }) => accountId === MANAGEMENT)).toEqual([]);
    expect(bound.warnings).toEqual([
      `The management account ${MANAGEMENT} is left out of "rule 1", "rule 2": the setting manageManagementAccount is off`,
    ]);
    expect(lines(bind(aPolicy(rules), true))).toContain("Management Admin On call");
  });

  it("never binds a look-alike of a group's name", () => {
    for (const name of ["engineering", "Engineering ", " Engineering", "Еngineering", "Engineering\u200b"]) {
      const policy = aPolicy([{ groups: [name], targets: { accounts: ["Lab"] } }]);
      expect(() => bind(policy), JSON.stringify(name)).toThrow("no group is named");
    }
  });

  it.each([
    [
      "nested groups that are not expanded",
      { groups: ["Engineering"] },
      "members of the 1 group(s) nested in Engineering get nothing through it; use nested: expand",
    ],
    [
      "a group that Entra does not provision",
      { groups: ["Mailing list"] },
      "group Mailing list is not security-enabled: Entra does not provision it to AWS",
    ],
    [
      "an exception that a group undoes",
      { groups: ["Engineering"], nested: "expand" as const, except: { users: ["ada@example.com"] } },
      "ada@example.com is excluded but still gets access as a member of Engineering",
    ],
    [
      "a rule for nobody",
      { groups: ["On call"], except: { groups: ["On call"] } },
      'rule "rule 1" matches no group or user',
    ],
    [
      "a rule without an account",
      { groups: ["On call"], except: { ou: ["Workloads/Lab"] } },
      'rule "rule 1" matches no active account',
    ],
    [
      "an empty group",
      { groups: ["Nobody yet"], targets: { accounts: ["Lab"] } },
      "group Nobody yet is empty: nobody has access through it",
    ],
  ])("warns of %s", (_, rule, warning) => {
    const bound = bind(aPolicy([{ targets: { accounts: ["Lab"] }, ...rule }]));
    expect(bound.warnings).toEqual([`access.yaml:10: ${warning}`]);
  });

  it("refuses all unknown names at once, each with its place", () => {
    const policy = aPolicy([
      {
        groups: ["Nobody"],
        users: ["bob@example.com"],
        targets: { accounts: ["Paymnts"], ou: ["Production"] },
      },
      {
        groups: ["On call"],
        permissionSets: ["Write"],
        targets: { root: true },
        except: { accounts: ["999999999999"] },
      },
    ]);

    expect(() => bind(policy)).toThrow(
      expect.objectContaining({
        name: "PolicyInvalid",
        message: [
          'access.yaml:10:5 rules[0].targets.ou[0]: no organizational unit "Production" (did you mean "Workloads/Production"?)',
          'access.yaml:10:5 rules[0].targets.accounts[0]: no account "Paymnts" (did you mean "Payments"?)',
          'access.yaml:10:5 rules[0].groups[0]: no group is named "Nobody"',
          'access.yaml:10:5 rules[0].users[0]: no user "bob@example.com"',
          'access.yaml:20:5 rules[1].permissionSets[0]: this file defines no permission set "Write"',
          'access.yaml:20:5 rules[1].except.accounts[0]: no account "999999999999"',
        ].join("\n"),
      }),
    );
  });

  it("refuses a directory in which a nested group is missing", () => {
    const partial = { ...directory, groups: directory.groups.slice(0, 2) };
    const policy = aPolicy([{ groups: ["Engineering"], nested: "expand", targets: { root: true } }]);
    const world = { organization: anOrganization(), directory: partial, now: NOW };
    expect(() => bindPolicy(policy, world, { manageManagementAccount: false })).toThrow(
      expect.objectContaining({ name: "IncompleteRead" }),
    );
  });
});
