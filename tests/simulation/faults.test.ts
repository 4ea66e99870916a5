import { makeFaults } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";

const SEEDS = Array.from({ length: 24 }, (_, index) => index + 1);

/** A bad hour: one request in six goes wrong. */
const WEATHER = [
  { fault: "throttle", probability: 0.06 },
  { fault: "failure", probability: 0.03 },
  { fault: "lost-answer", probability: 0.02 },
  { fault: "no-answer", probability: 0.02 },
  { fault: "delay", probability: 0.04 },
] as const;

describe("faults everywhere", () => {
  it.each(SEEDS)(
    "converge once they stop, and give nobody what the policy does not (seed %i)",
    async (seed) => {
      let isBad = true;
      const faults = makeFaults(WEATHER, seed);
      const host = await aFlowHost({
        seed,
        layers: [
          (service, inner, kernel) => {
            const disturbed = faults(service, inner, kernel);
            return { fetch: (request) => (isBad ? disturbed : inner).fetch(request) };
          },
        ],
      });
      const outcomes: string[] = [];
      for (let attempt = 1; attempt <= 8; attempt += 1) {
        const [report] = await host.run("connect", {}, silent);
        outcomes.push(`${report?.status} ${report?.error} ${report?.cause}`);
        if (report?.status === "SUCCEEDED") break;
        await host.deps.clock.sleep(20 * 60_000);
      }
      isBad = false;
      const [calm] = await host.run("connect", {}, silent);
      expect(calm).toMatchObject({ status: "SUCCEEDED", error: null });
      expect(host.sandbox.assignments()).toHaveLength(8);
      const [second] = await host.run("sync-access", {}, silent);
      expect(second).toMatchObject({
        output: { assignments: { desired: 8, created: 0, deleted: 0, failed: 0 } },
      });
    },
  );
});
