import { describe, expect, it } from "vitest";
import { makeTestClock } from "../../../../test-support/test-clock.ts";
import { EndpointHealth } from "./endpoint-health.ts";

const ADDRESS = "https://hooks.example.com/graph";

function healthAfter(deliveries: number, slow: number) {
  const clock = makeTestClock();
  const health = new EndpointHealth(clock);
  for (let count = 0; count < deliveries; count += 1) health.record(ADDRESS, count < slow ? 2901 : 2900);
  return { clock, judge: (address = ADDRESS) => health.judge(address) };
}

describe("an endpoint", () => {
  it.each([
    [99, 99, "prompt"],
    [100, 9, "prompt"],
    [100, 10, "slow"],
    [100, 14, "slow"],
    [100, 15, "dropping"],
  ])("with %i deliveries, %i of them slow, is %s", (deliveries, slow, verdict) => {
    expect(healthAfter(deliveries, slow).judge()).toBe(verdict);
  });

  it("is judged with its host, and again after ten minutes", async () => {
    const { clock, judge } = healthAfter(100, 100);
    expect(judge("https://hooks.example.com/other")).toBe("dropping");
    expect(judge("https://other.example.com/graph")).toBe("prompt");
    await clock.advance(600_000);
    expect(judge()).toBe("prompt");
  });
});
