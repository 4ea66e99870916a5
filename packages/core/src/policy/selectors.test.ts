import { describe, expect, it } from "vitest";
import { aPolicy } from "../../test-support/sample-world.ts";
import { policySelectors } from "./selectors.ts";

describe("what a policy names", () => {
  it("has every group and user once, with the place of its first mention", () => {
    const selectors = policySelectors(
      aPolicy([
        { groups: ["A"], users: ["ada@example.com"] },
        { groups: ["B", "A"], except: { groups: ["C"], users: ["ada@example.com"] } },
      ]),
    );

    expect(selectors.groups).toEqual([
      { name: "A", path: ["rules", 0, "groups", 0], isTimeBound: false },
      { name: "B", path: ["rules", 1, "groups", 0], isTimeBound: false },
      { name: "C", path: ["rules", 1, "except", "groups", 0], isTimeBound: false },
    ]);
    expect(selectors.users).toEqual([
      { name: "ada@example.com", path: ["rules", 0, "users", 0], isTimeBound: false },
    ]);
  });

  it("has the place in a rule without end rather than in one that ends", () => {
    const expires = "2026-11-03T23:59:59.999Z";
    const { groups } = policySelectors(
      aPolicy([{ groups: ["A", "B"], expires }, { groups: ["A"] }, { groups: ["A"], expires }]),
    );
    expect(groups).toEqual([
      { name: "A", path: ["rules", 1, "groups", 0], isTimeBound: false },
      { name: "B", path: ["rules", 0, "groups", 1], isTimeBound: true },
    ]);
  });

  it("expands the groups of expanding rules only", () => {
    const { expandedGroups } = policySelectors(
      aPolicy([{ groups: ["A"] }, { groups: ["B"], nested: "expand", except: { groups: ["C"] } }]),
    );
    expect([...expandedGroups]).toEqual(["B", "C"]);
  });

  it.each([
    [false, {}],
    [true, { targets: { accountTags: { env: ["prod"] } } }],
    [true, { except: { accountTags: { env: ["prod"] } } }],
  ])("needs tags: %j for %j", (needsTags, rule) => {
    expect(policySelectors(aPolicy([rule])).needsTags).toBe(needsTags);
  });
});
