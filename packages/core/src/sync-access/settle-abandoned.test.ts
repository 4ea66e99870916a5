import { describe, expect, it } from "vitest";
import { FakeIdentityCenter } from "../../test-support/fake-identity-center.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { anInstance } from "../../test-support/sample-plan.ts";
import { settleAbandoned } from "./settle-abandoned.ts";

async function settle(operationMilliseconds: readonly number[]) {
  const clock = new VirtualClock();
  const identityCenter = new FakeIdentityCenter(clock);
  identityCenter.readInstance = () => Promise.resolve(anInstance().instance);
  for (const [index, milliseconds] of operationMilliseconds.entries())
    identityCenter.startForOthers(String(index).padStart(12, "0"), milliseconds);
  const warnings: unknown[] = [];
  const start = clock.now();
  await settleAbandoned({ identityCenter, clock, events: { emit: (_, payload) => warnings.push(payload) } });
  return { seconds: (clock.now() - start) / 1_000, warnings };
}

describe("after a run that did not give the fence back", () => {
  it("one poll of five seconds is waited for even if nothing is in progress", async () => {
    expect(await settle([])).toEqual({ seconds: 5, warnings: [] });
  });

  it("its last operations are waited for", async () => {
    expect(await settle([4_000, 22_000])).toEqual({ seconds: 25, warnings: [] });
  });

  it("operations that never end count as somebody else's after two minutes", async () => {
    const { seconds, warnings } = await settle([4_000, 10 * 3_600_000]);
    expect(seconds).toBe(120);
    expect(warnings).toEqual([{ message: expect.stringContaining("1 assignment operations") as string }]);
  });
});
