import { expect, it } from "vitest";
import { aFlowHost } from "../../support/flow-host.ts";
import { NIGHTLY } from "../../support/nightly.ts";
import { live } from "./live.ts";

/** `campaign.ts` takes thousands. */
const SEEDS = Array.from({ length: NIGHTLY ? 200 : 8 }, (_, index) => index + 1);

it.each(SEEDS)(
  "whatever happens, what is applied is what was judged, and calm settles the rest (seed %i)",
  async (seed) => {
    expect(await live(seed, aFlowHost)).toEqual({ seed, violations: [], differences: [], writes: 0 });
  },
);
