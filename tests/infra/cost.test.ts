import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { costOf, renderCosts } from "../../infra/cost-model.ts";
import { measureHappenings, standingOf } from "./reference-month.ts";
import { hasPlatform, ROOT, synthesis, WITHOUT_PLATFORM } from "./synthesis.ts";

const PAGE = `${ROOT}docs/cost.md`;
const BEGIN = "<!-- begin: npx vitest run tests/infra/cost.test.ts -u -->";
const END = "<!-- end -->";
/** US dollars beyond what is free. */
const GOAL = 5;
/** A scheduled run that finds nothing to do; a drain of one change, with the run that it starts. */
const SYNC_TRANSITIONS = 24;
const DRAIN_TRANSITIONS = 33;

describe.skipIf(!hasPlatform)(`the reference month${WITHOUT_PLATFORM}`, () => {
  it(`costs less than ${GOAL} US dollars, and docs/cost.md says of what: rewrite it with \`npx vitest run tests/infra/cost.test.ts -u\``, async () => {
    const month = { happenings: await measureHappenings(), standing: standingOf(await synthesis()) };
    const transitions = (begin: string) =>
      month.happenings.find(({ what }) => what.startsWith(begin))?.uses.transitions;

    expect(transitions("daily full sync-access")).toBeLessThanOrEqual(SYNC_TRANSITIONS);
    expect(transitions("drain of marks")).toBeLessThanOrEqual(DRAIN_TRANSITIONS);
    expect(costOf(month).usd).toBeLessThan(GOAL);
    const page = readFileSync(PAGE, "utf8");
    const [before = "", rest = ""] = page.split(BEGIN);
    const [, after = ""] = rest.split(END);
    await expect(`${before}${BEGIN}\n\n${renderCosts(month)}\n\n${END}${after}`).toMatchFileSnapshot(PAGE);
  }, 300_000);
});
