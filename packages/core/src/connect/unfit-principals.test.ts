import { describe, expect, it } from "vitest";
import type { DirectoryGroup, DirectoryUser } from "../model/directory.ts";
import { parseAccessPolicy } from "../policy/parse-policy.ts";
import { findUnfitPrincipals } from "./unfit-principals.ts";

const policy = parseAccessPolicy(
  `version: 1
permissionSets: { Look: { awsManagedPolicies: [ReadOnlyAccess] } }
rules:
  - { name: look, groups: [Team, Twins], permissionSets: [Look], targets: { root: true } }
`,
  "access.yaml",
);

function user(id: string, more: Partial<DirectoryUser> = {}): DirectoryUser {
  return {
    id,
    userPrincipalName: `${id}@x.example`,
    displayName: id,
    givenName: id,
    surname: "X",
    accountEnabled: true,
    ...more,
  };
}
function group(id: string, displayName: string, more: Partial<DirectoryGroup> = {}): DirectoryGroup {
  return { id, displayName, securityEnabled: true, memberUserIds: [], memberGroupIds: [], ...more };
}

function unfit(
  users: DirectoryUser[],
  team: Partial<DirectoryGroup> = {},
  twins: Partial<DirectoryGroup> = {},
) {
  const memberUserIds = users.map(({ id }) => id);
  const groups = [group("team", "Team", { memberUserIds, ...team }), group("twins", "Twins", twins)];
  return findUnfitPrincipals(policy, { users, groups });
}

describe("findUnfitPrincipals", () => {
  it("has nothing to say of people and groups that AWS takes", () => {
    expect(unfit([user("ada")])).toEqual([]);
  });

  it.each([
    ["given name", { givenName: null }],
    ["surname", { surname: null }],
    ["given name and no surname", { givenName: null, surname: null }],
    ["display name", { displayName: "" }],
  ])("names a user without %s", (what, more) => {
    expect(unfit([user("robot", more)])).toEqual([
      {
        name: "robot@x.example",
        reason: `the user has no ${what} in Entra; AWS refuses users without them`,
      },
    ]);
  });

  it("names a user whose name has signs that AWS does not take", () => {
    expect(unfit([user("ada", { displayName: "Ada; DROP" })])[0]?.reason).toContain('as in "Ada; DROP"');
  });

  it("passes over disabled accounts and users in no scope", () => {
    const users = [
      user("off", { surname: null, accountEnabled: false }),
      user("stranger", { surname: null }),
    ];
    expect(unfit(users, { memberUserIds: ["off"] })).toEqual([]);
  });

  it("names a group that Entra does not sync, and one whose members are groups", () => {
    expect(unfit([], { securityEnabled: false })).toEqual([
      { name: "group Team", reason: "the group is not security-enabled" },
    ]);
    expect(unfit([], { memberGroupIds: ["twins", "elsewhere"] })).toEqual([
      {
        name: "group Team",
        reason:
          '1 of its members are groups whose members Entra does not sync; name them in the policy or set "nested: expand"',
      },
    ]);
  });
});
