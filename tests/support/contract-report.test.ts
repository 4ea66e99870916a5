import { expect, it } from "vitest";
import { renderAbsent, renderCounts } from "./contract-report.ts";

it("the report of contract checks adds up the calls of all test files, by service", () => {
  const text = renderCounts([{ "sso-admin": 2, graph: 1 }, { "sso-admin": 40 }]);
  expect(
    text
      .trim()
      .split("\n")
      .map((line) => line.trim().split(/\s{2,}/)),
  ).toEqual([
    ["Contract checks: calls checked, in both directions"],
    ["graph", "1"],
    ["sso-admin", "42"],
    ["total", "43"],
  ]);
});

it("the report names what was not checked, and the command that brings AWS's models", () => {
  const folders = { aws: "models", graph: "graph", scim: "scim" };
  expect(renderAbsent(folders)).toBe("");
  expect(renderAbsent({ ...folders, graph: null })).toContain("SKIPPED for Microsoft Graph:");
  expect(renderAbsent({ ...folders, graph: null })).not.toContain("contracts:install");
  expect(renderAbsent({ aws: null, graph: null, scim: null })).toMatch(
    /SKIPPED for AWS, Microsoft Graph, SCIM: .*`npm run contracts:install`/,
  );
});
