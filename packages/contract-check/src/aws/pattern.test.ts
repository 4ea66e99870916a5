import { describe, expect, it } from "vitest";
import { contractFolders, WITHOUT_CONTRACTS } from "../places.ts";
import { readAwsModel } from "./aws-contract.ts";
import { AWS_MODELS } from "./aws-models.ts";
import { compilePattern } from "./pattern.ts";

describe("patterns of AWS's models", () => {
  it("mean the whole text", () => {
    expect(compilePattern("[a-z]+").test("abc")).toBe(true);
    expect(compilePattern("[a-z]+").test("abc1")).toBe(false);
    expect(compilePattern("a|b").test("ab")).toBe(false);
  });

  it("may escape what needs no escape, inside and outside of classes", () => {
    expect(compilePattern("[\\w+=,.@\\:-]*").test("a:b-c")).toBe(true);
    expect(compilePattern("a\\-\\_b").test("a-_b")).toBe(true);
    expect(compilePattern("[a\\-z]").test("b")).toBe(false);
  });

  it("name letters of every script with needless escapes", () => {
    const pattern = compilePattern("\\p{L}+(?:(\\.|\\_)\\p{L}+){0,2}");
    expect(pattern.test("Ångström.ß")).toBe(true);
    expect(pattern.test("p{L}")).toBe(false);
  });

  it("are refused when they mean nothing to JavaScript", () => {
    expect(() => compilePattern("\\p{Nonsense}")).toThrow(/\\p\{Nonsense\}/);
  });

  it.skipIf(contractFolders.aws === null)(`all compile with the flag u (${WITHOUT_CONTRACTS.aws})`, () => {
    const models = Object.values(AWS_MODELS).map((name) => readAwsModel(name, contractFolders.aws ?? ""));
    const patterns = models.flatMap(({ shapes }) =>
      Object.values(shapes).flatMap(({ pattern }) => pattern ?? []),
    );
    expect(patterns.length).toBeGreaterThan(150);
    for (const pattern of patterns) expect(() => compilePattern(pattern)).not.toThrow();
  });
});
