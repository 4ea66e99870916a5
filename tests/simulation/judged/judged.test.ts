import { describe, expect, it } from "vitest";
import { silent } from "../../support/flow-host.ts";
import { campaignSeeds } from "../../support/nightly.ts";
import { aWildCompany, differences, liveThrough, settle, writesSince } from "./company.ts";

const SEEDS = campaignSeeds({ byDay: 8, atNight: 200 });
const ROUNDS = 4;

describe("whatever happens between two states", () => {
  it.each(SEEDS)("what is applied is what was judged, and calm settles the rest (seed %i)", async (seed) => {
    const company = await aWildCompany(seed);
    await liveThrough(company, ROUNDS);
    await settle(company);

    expect(company.book.violations).toEqual([]);
    expect(differences(company)).toEqual([]);
    const before = company.host.sandbox.calls.calls.length;
    await company.host.run("sync-access", {}, silent);
    expect(writesSince(company, before)).toBe(0);
  });
});
