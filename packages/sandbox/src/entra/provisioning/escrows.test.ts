import { describe, expect, it } from "vitest";
import { Escrows } from "./escrows.ts";

const CYCLE = 40 * 60_000;
const DAY = 86_400_000;
const FAILURE = { fingerprint: "as it was", isReference: false };
const same = () => "as it was";

/** When the permanently failing object is tried, in cycles from the first failure, up to `cycles`. */
function attempts(cycles: number): number[] {
  const escrows = new Escrows();
  const at: number[] = [];
  for (let cycle = 0; cycle <= cycles; cycle += 1) {
    if (escrows.holdsBack("id", same, cycle * CYCLE)) continue;
    escrows.fail("id", FAILURE, cycle * CYCLE);
    at.push(cycle);
  }
  return at;
}

describe("an object in escrow", () => {
  it("is tried again in the next cycle, then less and less often, in the end once a day", () => {
    expect(attempts(180)).toEqual([0, 1, 3, 7, 15, 31, 63, 99, 135, 171]);
  });

  it("is given up 28 days after its first failure", () => {
    const last = attempts(40 * 36).at(-1) ?? 0;
    expect(last * CYCLE).toBeGreaterThanOrEqual(28 * DAY);
    expect(last * CYCLE).toBeLessThan(29 * DAY + CYCLE);
  });

  it("is tried at once when it has changed, and its count starts over", () => {
    const escrows = new Escrows();
    for (const time of [0, 1, 2, 3]) escrows.fail("id", FAILURE, time);
    expect(escrows.holdsBack("id", same, CYCLE)).toBe(true);
    expect(escrows.holdsBack("id", () => "changed", CYCLE)).toBe(false);
    escrows.fail("id", { fingerprint: "changed", isReference: false }, CYCLE);
    expect(escrows.holdsBack("id", () => "changed", 2 * CYCLE)).toBe(false);
  });

  it("counts until it succeeds; failures of references count apart", () => {
    const escrows = new Escrows();
    escrows.fail("one", FAILURE, 0);
    escrows.fail("two", { ...FAILURE, isReference: true }, 0);
    expect(escrows.counts()).toEqual({ failures: 1, references: 1 });
    escrows.succeed("one");
    expect(escrows.counts()).toEqual({ failures: 0, references: 1 });
  });

  it("does not count any more once it is not retried", () => {
    const escrows = new Escrows();
    escrows.fail("one", FAILURE, 0);
    escrows.stopRetrying();
    expect(escrows.counts()).toEqual({ failures: 0, references: 0 });
    expect(escrows.isAnyDue(100 * DAY)).toBe(false);
    expect(escrows.holdsBack("one", same, 100 * DAY)).toBe(true);
  });
});
