import { makeFaults } from "@landbridge/sandbox";
import { describe, expect, it } from "vitest";
import { aFlowHost, silent } from "../support/flow-host.ts";

const WEATHER = [
  { fault: "throttle", probability: 0.05 },
  { fault: "delay", probability: 0.05 },
] as const;

/** Every request with its answer, every event, and the time at the end of a connect in bad weather. */
async function run(seed: number) {
  const host = await aFlowHost({ seed, layers: [makeFaults(WEATHER, seed)] });
  const [report] = await host.run("connect", {}, silent);
  return {
    status: report?.status,
    calls: [...host.sandbox.calls.calls],
    events: host.seen.map(({ code }) => code),
    now: host.deps.clock.now(),
    assignments: host.sandbox.assignments(),
  };
}

describe("a run on the virtual clock", () => {
  it("is the same again from the same seed, faults included", async () => {
    // A process's first run loads parts of the AWS SDK meanwhile: simultaneous requests arrive in another order.
    await run(1);
    expect(await run(11)).toEqual(await run(11));
  });

  it("is another one from another seed", async () => {
    const [one, other] = [await run(11), await run(12)];
    expect(one.now).not.toBe(other.now);
    expect(one.assignments).not.toEqual(other.assignments);
  });
});
