import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const ROOT = new URL("../../", import.meta.url).pathname;

/** What the source of each package may import of the others; its tests may also use the contract checks. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "packages/core": [],
  "packages/api": ["core"],
  "packages/aws": ["core"],
  "packages/entra": ["core"],
  "packages/scim": ["core"],
  "packages/local": ["core"],
  "packages/sandbox": [],
  "packages/import": ["core"],
  functions: ["core", "api", "aws", "entra", "scim"],
  "packages/host": ["core", "api", "aws", "functions", "local", "sandbox"],
  "packages/cli": ["core", "aws", "entra", "functions", "host", "import", "sandbox"],
  "packages/contract-check": [],
  "packages/coverage": ["contract-check", "local", "sandbox"],
};

function packagesIn(text: string): string[] {
  return [...text.matchAll(/["`]@landbridge\/([\w-]+)/g)].map(([, name = ""]) => name);
}

describe("dependencies between packages", () => {
  it("point one way, for every package", () => {
    const packages = globSync("packages/*/package.json", { cwd: ROOT }).map((file) =>
      file.replace("/package.json", ""),
    );
    expect([...packages, "functions"].toSorted()).toEqual(Object.keys(MAY_IMPORT).toSorted());
  });

  it.each(Object.entries(MAY_IMPORT))(
    "%s imports only lower packages, which it declares",
    (folder, lower) => {
      const files = globSync(`${folder}/**/*.ts`, {
        cwd: ROOT,
        exclude: ["**/node_modules", "**/test-support", "**/*.test.ts"],
      });
      const wrong = files.flatMap((file) =>
        packagesIn(readFileSync(`${ROOT}${file}`, "utf8"))
          .filter((name) => !lower.includes(name))
          .map((name) => `${file} imports ${name}`),
      );
      const { dependencies } = JSON.parse(readFileSync(`${ROOT}${folder}/package.json`, "utf8")) as {
        readonly dependencies: Readonly<Record<string, string>>;
      };
      const declared = Object.keys(dependencies).filter((name) => name.startsWith("@landbridge/"));
      expect(files).not.toEqual([]);
      expect(wrong).toEqual([]);
      expect(declared.toSorted()).toEqual(lower.map((name) => `@landbridge/${name}`).toSorted());
    },
  );
});
