import { expect, it } from "vitest";
import { renderCounts } from "./contract-report.ts";

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
