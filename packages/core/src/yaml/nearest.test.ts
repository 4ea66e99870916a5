import { describe, expect, it } from "vitest";
import { didYouMean, nearest } from "./nearest.ts";

describe("the nearest known word", () => {
  it.each([
    ["permisionSets", "permissionSets"],
    ["gruops", "groups"],
    ["READONLY", "ReadOnly"],
    ["Engineering ", "Engineering"],
  ])("takes %j for %j", (word, meant) => {
    expect(nearest(word, ["groups", "permissionSets", "ReadOnly", "Engineering"])).toBe(meant);
  });

  it("suggests nothing when nothing is near", () => {
    expect(nearest("colour", ["groups", "users"])).toBeNull();
    expect(didYouMean("colour", ["groups", "users"])).toBe("");
  });

  it("asks in the form of a question", () => {
    expect(didYouMean("user", ["groups", "users"])).toBe(' (did you mean "users"?)');
  });
});
