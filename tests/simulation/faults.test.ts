import { makeFaults } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { aFlowHost, type FlowHost, silent } from "../support/flow-host.ts";
import { NIGHTLY } from "../support/nightly.ts";

const SEEDS = Array.from({ length: NIGHTLY ? 24 : 8 }, (_, index) => index + 1);

/** A bad day: one request in six goes wrong. */
const WEATHER = [
  { fault: "throttle", probability: 0.06 },
  { fault: "failure", probability: 0.03 },
  { fault: "lost-answer", probability: 0.02 },
  { fault: "no-answer", probability: 0.02 },
  { fault: "delay", probability: 0.04 },
] as const;
const ATTEMPTS = 8;

async function aHostInBadWeather(seed: number) {
  const faults = makeFaults(WEATHER, seed);
  // Not yet: the resources of a deployment exist before the first run.
  let isBad = false;
  const host = await aFlowHost({
    seed,
    layers: [
      (service, inner, kernel) => {
        const disturbed = faults(service, inner, kernel);
        return { fetch: (request) => (isBad ? disturbed : inner).fetch(request) };
      },
    ],
  });
  isBad = true;
  return {
    host,
    clearUp() {
      isBad = false;
    },
  };
}

/** Like somebody who looks every half hour. */
async function connectAgainAndAgain(host: FlowHost): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    // Starting is a request too, and may fail.
    const [report] = await host.run("connect", {}, silent).catch(() => []);
    if (report?.status === "SUCCEEDED") return;
    await host.deps.clock.sleep(30 * 60_000);
  }
}

describe("in bad weather", () => {
  it.each(SEEDS)(
    "nobody gets what the policy does not give, and a calm run settles the rest (seed %i)",
    async (seed) => {
      const { host, clearUp } = await aHostInBadWeather(seed);
      await connectAgainAndAgain(host);
      expect(host.sandbox.assignments().length).toBeLessThanOrEqual(8);

      clearUp();
      const [calm] = await host.run("connect", {}, silent);
      const [again] = await host.run("sync-access", {}, silent);

      expect(calm).toMatchObject({ status: "SUCCEEDED", error: null });
      expect(host.sandbox.assignments()).toHaveLength(8);
      expect(again).toMatchObject({
        output: { assignments: { desired: 8, created: 0, deleted: 0, failed: 0 } },
      });
      const deletions = host.sandbox.calls.count()["sso-admin"]?.["DeleteAccountAssignment"] ?? 0;
      expect(deletions).toBe(0);
    },
  );
});
