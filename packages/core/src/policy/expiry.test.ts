import { describe, expect, it } from "vitest";
import { bindPolicy } from "./bind-policy.ts";
import { Expiry, toMoment } from "./expiry.ts";
import { LAB, aGroup, aPolicy, anOrganization, objectId } from "./sample-world.ts";

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
