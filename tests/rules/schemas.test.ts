import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/run-cli.ts";

describe("docs/schemas", () => {
  it.each(["access", "organization", "directory"])("has the present JSON Schema of %s.yaml", async (name) => {
    const committed = readFileSync(
      new URL(`../../docs/schemas/${name}.schema.json`, import.meta.url),
      "utf8",
    );
    expect(committed).toBe((await runCli("schema", name)).out);
  });
});
