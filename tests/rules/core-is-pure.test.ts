import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const CORE = fileURLToPath(new URL("../../packages/core/src/", import.meta.url));
const files = globSync("**/*.ts", { cwd: CORE }).filter((file) => !file.endsWith(".test.ts"));

describe("packages/core", () => {
  it("never asks the machine for time or chance: both are ports", () => {
    const offenders = files.filter((file) =>
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\b/.test(
        readFileSync(`${CORE}${file}`, "utf8"),
      ),
    );
    expect(offenders).toEqual([]);
  });
});
