import { describe, expect, it } from "vitest";
import { parseAccessPolicy } from "./parse-policy.ts";
import { reviewPolicy } from "./review-policy.ts";

const SETS = "permissionSets: { Look: { awsManagedPolicies: [ReadOnlyAccess] } }";

function review(...rules: readonly string[]): string[] {
  const lines = rules.map((rule) => `  - { ${rule} }`);
  const text = ["version: 1", SETS, "rules:", ...lines, ""].join("\n");
  return reviewPolicy(parseAccessPolicy(text, "access.yaml"), "2026-11-03T08:00:00.000Z");
}

const EVERYWHERE = "name: all, groups: [A, B], permissionSets: [Look], targets: { root: true }";
const PRODUCTION = "groups: [A], permissionSets: [Look], targets: { ou: [Work/Prod] }";

describe("reviewing a policy by itself", () => {
  it("finds nothing where rules add to each other", () => {
    expect(
      review(EVERYWHERE, "name: c, groups: [C], permissionSets: [Look], targets: { root: true }"),
    ).toEqual([]);
    expect(review(`name: one, ${PRODUCTION}`, `name: two, ${PRODUCTION.replace("Prod", "Test")}`)).toEqual(
      [],
    );
  });

  it("names a permission set that nobody has", () => {
    const text = "version: 1\npermissionSets:\n  Look: {}\n  Idle: {}\nrules: []\n";
    expect(reviewPolicy(parseAccessPolicy(text, "a.yaml"), "2026-11-03T08:00:00.000Z")).toEqual([
      'a.yaml:3: no rule uses permission set "Look": it is created but nobody has it',
      'a.yaml:4: no rule uses permission set "Idle": it is created but nobody has it',
    ]);
  });

  it.each([
    ["in the root", EVERYWHERE],
    ["in a unit above", "name: all, groups: [A], permissionSets: [Look], targets: { ou: [Work] }"],
    ["in the same unit", `name: all, ${PRODUCTION}`],
  ])("says which rule makes another needless: %s", (_, wide) => {
    const remark = 'rule "less" grants nothing that rule "all" (line %) does not grant';
    expect(review(wide, `name: less, ${PRODUCTION}`)).toEqual([`access.yaml:5: ${remark.replace("%", "4")}`]);
  });

  it.each([
    ["excepts something", `${EVERYWHERE}, except: { accounts: [Shop] }`],
    ["expires", `${EVERYWHERE}, expires: 2030-01-01`],
    ["does not expand groups", EVERYWHERE, `name: less, nested: expand, ${PRODUCTION}`],
    ["has other tags", 'name: t, groups: [A], permissionSets: [Look], targets: { accountTags: { a: "1" } }'],
  ])("leaves a rule alone next to a wider one that %s", (_, wide, less = `name: less, ${PRODUCTION}`) => {
    expect(review(wide, less)).toEqual([]);
  });

  it("says that a rule has expired, or excepts all that it grants", () => {
    expect(review(`${EVERYWHERE}, expires: 2026-11-01`)).toEqual([
      expect.stringMatching(/^access\.yaml:4: rule "all" expired on 2026-11-01/),
    ]);
    expect(review(`${EVERYWHERE}, except: { permissionSets: [Look] }`)).toEqual([
      expect.stringContaining("leave out every permission set"),
    ]);
    expect(review(`${EVERYWHERE}, except: { groups: [B, A] }`)).toEqual([
      expect.stringContaining("leave out everybody"),
    ]);
  });
});
