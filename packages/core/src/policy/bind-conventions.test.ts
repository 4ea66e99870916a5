import { describe, expect, it } from "vitest";
import type { DirectoryGroup } from "../model/directory.ts";
import { bindPolicy } from "./bind-policy.ts";
import type { NamingConvention } from "./policy.ts";
import {
  CLOSED,
  LAB,
  MANAGEMENT,
  SHOP,
  aGroup,
  aPolicy,
  anAccount,
  anOrganization,
  objectId,
} from "../../test-support/sample-world.ts";

const CONVENTION: NamingConvention = {
  pattern: "AWS-{account}-{permissionSet}",
  at: { file: "access.yaml", line: 40, column: 5 },
  permissionSets: ["ReadOnly"],
  privileged: [],
};

function bind(
  groups: readonly DirectoryGroup[],
  more: Partial<NamingConvention> = {},
  organization = anOrganization(),
) {
  const policy = { ...aPolicy([]), conventions: [{ ...CONVENTION, ...more }] };
  const world = { organization, directory: { groups, users: [] }, now: "2026-11-03T08:00:00.000Z" };
  const bound = bindPolicy(policy, world, { manageManagementAccount: false });
  return {
    bound,
    lines: bound.assignments.map((one) => `${one.accountName} ${one.permissionSet} ${one.principal.name}`),
    warnings: bound.warnings,
  };
}

describe("a naming convention", () => {
  it("grants the named permission set in the account of that name or id, and says why", () => {
    const { bound, lines, warnings } = bind([
      aGroup(1, "AWS-Payments-ReadOnly", { memberUserIds: [objectId(9)] }),
      aGroup(2, `AWS-${SHOP}-ReadOnly`),
      aGroup(3, "Something else"),
    ]);
    expect(lines).toEqual(["Payments ReadOnly AWS-Payments-ReadOnly", `Shop ReadOnly AWS-${SHOP}-ReadOnly`]);
    expect(bound.assignments[0]?.reason).toEqual({
      rule: "AWS-{account}-{permissionSet}",
      where: "access.yaml:40",
      text: "its name is AWS-{account}-{permissionSet}",
    });
    expect(bound.principals.map(({ directoryId }) => directoryId)).toEqual([objectId(1), objectId(2)]);
    expect(warnings).toEqual([
      `access.yaml:1: group AWS-${SHOP}-ReadOnly is empty: nobody has access through it`,
    ]);
  });

  it("grants what is listed as privileged, and nothing that is not listed", () => {
    const groups = [aGroup(1, "AWS-Lab-Admin"), aGroup(2, "AWS-Lab-ReadOnly")];
    expect(bind(groups, { privileged: ["Admin"], permissionSets: [] }).lines).toEqual([
      "Lab Admin AWS-Lab-Admin",
    ]);
  });

  it.each([
    ["another case", "aws-lab-readonly"],
    ["a space at its end", "AWS-Lab-ReadOnly "],
    ["a letter of another script", "AWS-Lаb-ReadOnly"],
    ["a full-width letter", "AWS-Lab-Ｒ​eadOnly"],
    ["a zero-width space", "AWS-Lab-Read\u200bOnly"],
    ["a digit for a letter", "AWS-1ab-ReadOnly"],
    ["another hyphen", "AWS‑Lab-ReadOnly"],
  ])("grants nothing to a name with %s, and warns of it", (_, name) => {
    const { lines, warnings } = bind([aGroup(1, name)]);
    expect(lines).toEqual([]);
    expect(warnings[0]).toBe(
      `access.yaml:1: group ${JSON.stringify(name)} (${objectId(1)}) looks like AWS-Lab-ReadOnly and is granted nothing`,
    );
  });

  it.each([
    ["is not active", `AWS-${CLOSED}-ReadOnly`],
    ["does not exist", "AWS-Nowhere-ReadOnly"],
    ["is named by a part of its name", "AWS-Pay-ReadOnly"],
  ])("grants nothing in an account that %s", (_, name) => {
    expect(bind([aGroup(1, name)])).toMatchObject({
      lines: [],
      warnings: ["access.yaml:1: no group is named AWS-{account}-{permissionSet}"],
    });
  });

  it("grants nothing in the management account unless it is opted in, nor to a group that is not security-enabled", () => {
    const { lines, warnings } = bind([
      aGroup(1, `AWS-${MANAGEMENT}-ReadOnly`),
      aGroup(2, "AWS-Lab-ReadOnly", { securityEnabled: false }),
    ]);
    expect(lines).toEqual([]);
    expect(warnings).toEqual([
      `access.yaml:1: group AWS-${MANAGEMENT}-ReadOnly is granted nothing: the setting manageManagementAccount is off`,
      "access.yaml:1: group AWS-Lab-ReadOnly is granted nothing: it is not security-enabled, and Entra does not provision it to AWS",
      "access.yaml:1: no group is named AWS-{account}-{permissionSet}",
    ]);
  });

  it("stops at two groups of one name: anybody can make the second", () => {
    expect(() => bind([aGroup(1, "AWS-Lab-ReadOnly"), aGroup(2, "AWS-Lab-ReadOnly")])).toThrow(
      `2 groups are named "AWS-Lab-ReadOnly" (${objectId(1)}, ${objectId(2)})`,
    );
  });

  it("stops at a name with two meanings, and only when a group has it", () => {
    const organization = anOrganization({ accounts: [anAccount(LAB, "Twin"), anAccount(SHOP, "Twin")] });
    expect(bind([], {}, organization).lines).toEqual([]);
    expect(() => bind([aGroup(1, "AWS-Twin-ReadOnly")], {}, organization)).toThrow(
      `the group "AWS-Twin-ReadOnly" could mean ReadOnly in ${SHOP} or ReadOnly in ${LAB}; name the account by id`,
    );
  });
});
