import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { contracts } from "@landbridge/contract-check";
import { coveragePages } from "./coverage-pages.ts";
import { renderPage } from "./render-page.ts";

describe("a coverage page", () => {
  it("counts and lists what is imitated and what is refused, and what deviates", () => {
    const page = { service: "tea", folder: "tea", title: "Tea" };
    const operations = [
      { operation: "PourTea", imitated: false },
      { operation: "MakeTea", imitated: true },
    ];
    const text = renderPage(page, operations, "- It is always hot.\n");
    expect(text).toContain("Of 2 operations, 1 are imitated and 1 are refused");
    expect(text).toContain("| `MakeTea` | imitates it   |\n| `PourTea` | refuses it    |");
    expect(text).toContain("## Known deviations\n\n- It is always hot.\n");
  });
});

describe("the coverage pages", () => {
  it("of all services whose contract is here are what `npm run coverage` writes now", async () => {
    for (const [file, text] of await coveragePages(contracts)) {
      expect(existsSync(file) ? readFileSync(file, "utf8") : "absent", file).toBe(text);
    }
  });
});
