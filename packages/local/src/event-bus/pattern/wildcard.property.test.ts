import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wildcardTest } from "./wildcard.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "/"), maxLength: 12 });
const pattern = fc
  .array(fc.constantFrom("a", "b", "/", "*"), { maxLength: 8 })
  .map((characters) => characters.join("").replaceAll(/\*+/g, "*"));

describe("wildcard", () => {
  it("matches what the same regular expression matches", () => {
    fc.assert(
      fc.property(pattern, text, (wildcard, value) => {
        const expected = new RegExp(`^${wildcard.replaceAll("*", ".*")}$`).test(value);
        expect(wildcardTest(wildcard, "$")(value)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });
});
