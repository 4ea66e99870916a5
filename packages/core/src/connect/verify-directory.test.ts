import { describe, expect, it } from "vitest";
import { parseAccessPolicy } from "../policy/parse-policy.ts";
import { compareDirectory } from "./verify-directory.ts";

const policy = parseAccessPolicy(
  `version: 1
permissionSets: { Look: { awsManagedPolicies: [ReadOnlyAccess] } }
rules:
  - { name: look, groups: [Team], permissionSets: [Look], targets: { root: true } }
`,
  "access.yaml",
);

const user = (id: string, more: object = {}) => ({
  id,
  userPrincipalName: `${id}@x.example`,
  displayName: id,
  givenName: id,
  surname: "X",
  accountEnabled: true,
  ...more,
});
const team = {
  id: "team",
  displayName: "Team",
  securityEnabled: true,
  memberUserIds: ["ada", "robot", "off", "odd"],
  memberGroupIds: [],
};
const directory = {
  groups: [team],
  users: [
    user("ada"),
    user("robot", { surname: null }),
    user("off", { accountEnabled: false }),
    user("odd"),
    user("stranger"),
  ],
};

describe("compareDirectory", () => {
  it("expects the groups in scope and their enabled members, and says of each missing one why", () => {
    const failures = [
      { objectId: "odd", displayName: "odd", kind: "User" as const, code: "Conflict", reason: "taken" },
    ];

    const report = compareDirectory(policy, { directory, arrived: new Set(["team", "ada"]), failures });

    expect(report).toEqual({
      users: { expected: 3, arrived: 1 },
      groups: { expected: 1, arrived: 1 },
      missing: [
        {
          name: "robot@x.example",
          reason: "the user has no surname in Entra; AWS refuses users without them",
        },
        { name: "odd@x.example", reason: "Conflict: taken" },
      ],
    });
  });
});
