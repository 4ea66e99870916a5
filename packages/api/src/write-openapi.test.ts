import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openApiText } from "./write-openapi.ts";

describe("docs/api/openapi.json", () => {
  it("is the present description of the API: node packages/api/src/write-openapi.ts", () => {
    const committed = readFileSync(new URL("../../../docs/api/openapi.json", import.meta.url), "utf8");
    expect(JSON.parse(committed)).toEqual(JSON.parse(openApiText()));
  });

  it("says of every operation how it may be refused", () => {
    const { paths } = JSON.parse(openApiText()) as {
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    const operations = Object.values(paths).flatMap((path) => Object.values(path));
    expect(operations.length).toBeGreaterThan(10);
    for (const { responses } of operations)
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(["400", "401", "403", "404"]));
  });
});
