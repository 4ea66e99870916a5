import { describe, expect, it } from "vitest";
import type { OrganizationalUnit } from "../model/organization.ts";
import { anAccount } from "../../test-support/sample-world.ts";
import { AccountCover, type Cover } from "./cover-accounts.ts";

const NOTHING: Cover = {
  root: false,
  units: [],
  accountTags: {},
  accounts: [],
  exceptUnits: [],
  exceptAccounts: [],
};

/** Root: m. work: work/prod (1 2 3 4), work/lab (5 6). tools: 7. */
const units: OrganizationalUnit[] = [
  { id: "work", name: "work", parentId: "r", path: "work" },
  { id: "prod", name: "prod", parentId: "work", path: "work/prod" },
  { id: "lab", name: "lab", parentId: "work", path: "work/lab" },
  { id: "tools", name: "tools", parentId: "r", path: "tools" },
];
const accounts = [
  anAccount("m", "m", { parentId: "r" }),
  ...["1", "2", "3", "4"].map((id) => anAccount(id, id, { parentId: "prod" })),
  ...["5", "6"].map((id) => anAccount(id, id, { parentId: "lab" })),
  anAccount("7", "7", { parentId: "tools" }),
];

function cover(wanted: string, free = ""): Cover {
  return new AccountCover({ rootId: "r", units }, accounts, new Set(free)).cover(new Set(wanted));
}

describe("AccountCover", () => {
  it("names the root for all, and a unit for all that are below it", () => {
    expect(cover("m1234567")).toEqual({ ...NOTHING, root: true });
    expect(cover("123456")).toEqual({ ...NOTHING, units: ["work"] });
    expect(cover("1234")).toEqual({ ...NOTHING, units: ["prod"] });
  });

  it("names the account where a unit has but that one: what comes into the unit is not meant", () => {
    expect(cover("7")).toEqual({ ...NOTHING, accounts: ["7"] });
  });

  it("takes an exception where that is shorter, and only there", () => {
    expect(cover("123")).toEqual({ ...NOTHING, units: ["prod"], exceptAccounts: ["4"] });
    expect(cover("12")).toEqual({ ...NOTHING, accounts: ["1", "2"] });
    expect(cover("12357m")).toEqual({ ...NOTHING, root: true, exceptAccounts: ["6", "4"] });
    expect(cover("12347m")).toEqual({ ...NOTHING, root: true, exceptUnits: ["lab"] });
  });

  it("lets the management account, where it is not managed, not block the root", () => {
    expect(cover("1234567", "m")).toEqual({ ...NOTHING, root: true, exceptAccounts: ["m"] });
    expect(cover("123456", "m")).toEqual({ ...NOTHING, units: ["work"] });
  });

  it("counts accounts that a rule cannot reach for nothing", () => {
    const reachable = accounts.filter(({ id }) => id !== "4");
    const covers = new AccountCover({ rootId: "r", units }, reachable, new Set());
    expect(covers.cover(new Set("123"))).toEqual({ ...NOTHING, units: ["prod"] });
  });

  it("names a tag where that is shorter than a list of accounts, and a unit where both would do", () => {
    expect(tagged({ env: "1357" }, "1357")).toEqual({ ...NOTHING, accountTags: { env: ["yes"] } });
    expect(tagged({ env: "57" }, "57")).toEqual({ ...NOTHING, accounts: ["7", "5"] });
    expect(tagged({ env: "1234" }, "1234")).toEqual({ ...NOTHING, units: ["prod"] });
  });

  it("names two tags where neither is enough, and no tag that means others too", () => {
    const flat = Array.from("abcdefghijkl", (id, index) =>
      anAccount(id, id, {
        parentId: "r",
        tags: { env: index < 8 ? "prod" : "test", team: index % 4 === 3 ? "sea" : "road" },
      }),
    );
    const covers = new AccountCover({ rootId: "r", units: [] }, flat, new Set());
    expect(covers.cover(new Set("abcefg"))).toEqual({
      ...NOTHING,
      accountTags: { env: ["prod"], team: ["road"] },
    });
    expect(tagged({ env: "1356m7" }, "1356").accountTags).toEqual({});
  });

  it("takes several values of a key, and leaves out an account that has the tag too", () => {
    expect(tagged({ env: "1357m" }, "1357", "m")).toEqual({
      ...NOTHING,
      accountTags: { env: ["yes"] },
      exceptAccounts: ["m"],
    });
    const numbers = accounts.map((account) => ({
      ...account,
      tags: { tier: account.id < "4" ? "low" : "high" },
    }));
    const some = [...numbers.slice(1), anAccount("8", "8", { parentId: "r", tags: { tier: "none" } })];
    const cover = new AccountCover(
      { rootId: "r", units },
      [...some, anAccount("9", "9", { parentId: "r" })],
      new Set(),
    );
    expect(cover.cover(new Set("123"))).toMatchObject({ accountTags: { tier: ["low"] } });
  });

  it("never names a tag that AWS sets by itself", () => {
    expect(tagged({ "aws:made-by": "1357" }, "1357").accountTags).toEqual({});
  });
});

/** `tags`: the accounts that have each key, with the value `yes`. */
function tagged(tags: Readonly<Record<string, string>>, wanted: string, free = ""): Cover {
  const withTags = accounts.map((account) => ({
    ...account,
    tags: Object.fromEntries(
      Object.entries(tags).flatMap(([key, ids]) => (ids.includes(account.id) ? [[key, "yes"]] : [])),
    ),
  }));
  return new AccountCover({ rootId: "r", units }, withTags, new Set(free)).cover(new Set(wanted));
}
