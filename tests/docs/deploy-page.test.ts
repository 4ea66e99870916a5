import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readSettings, SETTING_NAMES } from "../../infra/settings.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const page = readFileSync(`${ROOT}docs/deploy.md`, "utf8");

const REQUIRED = {
  LANDBRIDGE_TENANT_ID: "11111111-2222-4333-8444-555555555555",
  LANDBRIDGE_CLIENT_ID: "11111111-2222-4333-8444-666666666666",
};

/** Setting and default, as the table has them. */
const rows = page
  .split("\n")
  .map((line) => line.split("|").map((cell) => cell.trim()))
  .filter(([, name = ""]) => /^`LANDBRIDGE_\w+`$/.test(name))
  .map(([, name = "", byDefault = ""]) => ({ name: name.replaceAll("`", ""), byDefault }));

describe("docs/deploy.md", () => {
  it("explains every setting, and no other", () => {
    expect(rows.map(({ name }) => name).toSorted()).toEqual([...SETTING_NAMES].toSorted());
  });

  it("has the defaults that a deployment has", () => {
    const values = new Map<string, unknown>(Object.entries(readSettings(REQUIRED).values));
    for (const { name, byDefault } of rows) {
      const literal = /^`(.*)`$/.exec(byDefault)?.[1];
      if (literal !== undefined) expect(String(values.get(name)), name).toBe(literal);
      else if (byDefault === "required") expect(REQUIRED, name).toHaveProperty(name);
      else if (byDefault === "nobody" || byDefault === "none")
        expect(values.get(name) ?? [], name).toEqual([]);
    }
  });

  it("sends readers to pages and files that there are", () => {
    const links = [...page.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target = ""]) => target);
    expect(links.length).toBeGreaterThan(10);
    for (const link of links)
      expect(() => readFileSync(new URL(link, `file://${ROOT}docs/`)), link).not.toThrow();
  });
});
