import { describe, expect, it } from "vitest";
import type { Directory } from "../ports/directory.ts";
import { bindPolicy } from "./bind-policy.ts";
import { Expiry, toMoment } from "./expiry.ts";
import { readDirectory } from "./read-directory.ts";
import { LAB, aGroup, aPolicy, anOrganization, objectId } from "../../test-support/sample-world.ts";

const RULE = { groups: ["On call"], permissionSets: ["ReadOnly"], targets: { accounts: [LAB] } };

function bind(expires: string, now: string) {
  const world = {
    organization: anOrganization(),
    directory: { groups: [aGroup(1, "On call", { memberUserIds: [objectId(7)] })], users: [] },
    now,
  };
  const policy = aPolicy([{ ...RULE, expires: toMoment(expires) }]);
  return bindPolicy(policy, world, { manageManagementAccount: false });
}

describe("a rule that expires", () => {
  it("grants to the end of its day in UTC, and nothing after it", () => {
    expect(bind("2026-11-30", "2026-11-30T23:59:59.999Z").assignments).toHaveLength(1);
    const after = bind("2026-11-30", "2026-12-01T00:00:00.000Z");
    expect(after).toMatchObject({ assignments: [], principals: [] });
    expect(after.expired[0]?.reason).toEqual({
      rule: "rule 1",
      where: "access.yaml:10",
      text: 'rule "rule 1" expired on 2026-11-30T23:59:59.999Z',
    });
    expect(after.warnings).toEqual([
      'access.yaml:10: rule "rule 1" expired on 2026-11-30T23:59:59.999Z and grants nothing',
    ]);
  });

  it("warns in its last seven days, not before", () => {
    expect(bind("2026-11-30T12:00:00+02:00", "2026-11-23T09:59:59.000Z").warnings).toEqual([]);
    expect(bind("2026-11-30T12:00:00+02:00", "2026-11-23T10:00:00.000Z").warnings).toEqual([
      'access.yaml:10: rule "rule 1" expires on 2026-11-30T10:00:00.000Z',
    ]);
  });

  it.each(["2026-11-31", "2026-11-30T12:00:00", "30.11.2026", "2026-11", "tomorrow"])(
    "is not written %s",
    (text) => {
      expect(Expiry.safeParse(text).success).toBe(false);
    },
  );
});

describe("a name that means nothing any more", () => {
  const policy = aPolicy([
    {
      groups: ["Gone"],
      users: ["eve@example.com"],
      targets: { accounts: ["Sold"] },
      expires: toMoment("2026-11-03"),
    },
  ]);
  const read = () =>
    readDirectory(policy, {
      directory: {
        findGroupsByName: async () => [aGroup(1, "Gone"), aGroup(2, "Gone")],
        findGroupsByBeginning: async () => [],
        findUser: async () => null,
      } as unknown as Directory,
    });
  const bindAt = async (now: string) =>
    bindPolicy(
      policy,
      { organization: anOrganization(), directory: await read(), now },
      { manageManagementAccount: false },
    );

  it("is a warning once its rule has expired", async () => {
    const { assignments, warnings } = await bindAt("2026-11-04T00:00:00.000Z");
    expect(assignments).toEqual([]);
    expect(warnings.join("\n")).toMatch(/2 groups are named "Gone"/);
    expect(warnings.join("\n")).toMatch(/no user "eve@example.com"/);
    expect(warnings.join("\n")).toMatch(/no account "Sold"/);
  });

  it("is a mistake while its rule grants", async () => {
    await expect(bindAt("2026-11-03T00:00:00.000Z")).rejects.toMatchObject({
      name: "PolicyInvalid",
      message: expect.stringMatching(/2 groups are named "Gone"[^]*no user "eve@example.com"/) as string,
    });
  });

  it("is a mistake at once when a rule without end has it too", async () => {
    const both = {
      ...policy,
      rules: [...policy.rules, ...aPolicy([{ name: "for good", groups: ["Gone"] }]).rules],
    };
    const directory = {
      findGroupsByName: async () => [],
      findGroupsByBeginning: async () => [],
      findUser: async () => null,
    };
    await expect(readDirectory(both, { directory: directory as unknown as Directory })).rejects.toMatchObject(
      {
        name: "PolicyInvalid",
      },
    );
  });
});
