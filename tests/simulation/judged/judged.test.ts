import { describe, expect, it } from "vitest";
import { aWildCompany, differences, liveThrough, settle, writesSince } from "./company.ts";
import { silent } from "../../support/flow-host.ts";

/** `1-500`: a campaign over these seeds instead of the few that run on every push. */
const [from = 1, to = 16] = (process.env["LANDBRIDGE_CAMPAIGN_SEEDS"] ?? "1-16").split("-").map(Number);
const SEEDS = Array.from({ length: to - from + 1 }, (_, index) => from + index);
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
