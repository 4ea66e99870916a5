import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const CORE = fileURLToPath(new URL("../../packages/core/src/", import.meta.url));

/** What the lowest files and folders of core may import, in addition to their own. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  text: [],
  model: ["errors.ts", "text"],
  "events.ts": ["model"],
  yaml: ["errors.ts", "text", "model"],
  ports: ["errors.ts", "events.ts", "model"],
  records: ["errors.ts", "yaml", "ports"],
  ledger: ["errors.ts", "map-concurrently.ts", "model", "ports", "records"],
  policy: ["errors.ts", "map-concurrently.ts", "settings.ts", "text", "model", "yaml", "ports"],
  plan: ["errors.ts", "settings.ts", "text", "model", "yaml", "policy", "ledger", "records"],
};

function importsOf(file: string): string[] {
  const specifiers = readFileSync(`${CORE}${file}`, "utf8").matchAll(/\bfrom "(\.[^"]+)"/g);
  return [...specifiers].map(([, specifier = ""]) => join(dirname(file), specifier).split("/")[0] ?? "");
}

describe("packages/core", () => {
  it.each(Object.entries(MAY_IMPORT))("%s imports only what is lower", (folder, lower) => {
    const files = globSync([folder, `${folder}/**/*.ts`], { cwd: CORE }).filter(
      (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
    );
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((imported) => imported !== folder && !lower.includes(imported))
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(files).not.toEqual([]);
    expect(wrong).toEqual([]);
  });
});
