import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, type Cell, mergeGrants } from "./merge-grants.ts";

function cellsOf({ principals, permissionSets, accounts }: Box): Cell[] {
  return principals.flatMap((principal) =>
    permissionSets.flatMap((permissionSet) =>
      accounts.map((account) => ({ principal, permissionSet, account })),
    ),
  );
}

const text = (cell: Cell) => `${cell.principal}${cell.permissionSet}${cell.account}`;

/** `a look 123`: principals, permission set, accounts; a letter or digit each. */
function grant(principals: string, permissionSet: string, accounts: string): Cell[] {
  return cellsOf({
    principals: principals.split(""),
    permissionSets: [permissionSet],
    accounts: accounts.split(""),
  });
}

describe("mergeGrants", () => {
  it("makes one rule of principals with equal access", () => {
    expect(mergeGrants([...grant("ab", "look", "12"), ...grant("ab", "work", "12")])).toEqual([
      { principals: ["a", "b"], permissionSets: ["look", "work"], accounts: ["1", "2"] },
    ]);
  });

  it("shares a rule among principals that have more in addition", () => {
    expect(mergeGrants([...grant("abc", "look", "123"), ...grant("a", "work", "1")])).toEqual([
      { principals: ["a", "b", "c"], permissionSets: ["look"], accounts: ["1", "2", "3"] },
      { principals: ["a"], permissionSets: ["work"], accounts: ["1"] },
    ]);
  });

  it("goes by account where that is shorter", () => {
    const cells = [...grant("a", "look", "12"), ...grant("b", "look", "3"), ...grant("c", "look", "123")];
    expect(mergeGrants(cells)).toEqual([
      { principals: ["a", "c"], permissionSets: ["look"], accounts: ["1", "2"] },
      { principals: ["b", "c"], permissionSets: ["look"], accounts: ["3"] },
    ]);
  });

  it("says each assignment exactly once, with no more rules than pairs", () => {
    const cell = fc.record({
      principal: fc.constantFrom("a", "b", "c", "d", "e"),
      permissionSet: fc.constantFrom("x", "y", "z"),
      account: fc.constantFrom("1", "2", "3", "4", "5"),
    });
    fc.assert(
      fc.property(fc.uniqueArray(cell, { selector: text, maxLength: 60 }), (cells) => {
        const boxes = mergeGrants(cells);
        expect(boxes.flatMap(cellsOf).map(text).toSorted()).toEqual(cells.map(text).toSorted());
        const pairs = new Set(cells.map(({ principal, permissionSet }) => principal + permissionSet));
        expect(boxes.length).toBeLessThanOrEqual(pairs.size);
        expect(mergeGrants(cells.toReversed())).toEqual(boxes);
      }),
    );
  });
});
