import { describe, expect, it } from "vitest";
import { MemoryRecords } from "../apply/memory-records.ts";
import { VirtualClock } from "../apply/virtual-clock.ts";
import { withLease } from "./lease.ts";

function setUp() {
  return { records: new MemoryRecords(), clock: new VirtualClock() };
}
const never = () => new Promise<never>(() => undefined);

describe("withLease", () => {
  it("lets one plan be applied at a time", async () => {
    const ports = setUp();
    void withLease("plan-1", ports, never);
    await new Promise(setImmediate);

    await expect(withLease("plan-2", ports, async () => 1)).rejects.toMatchObject({
      name: "AnotherRunActive",
    });
  });

  it("is free again after the work, also when the work failed", async () => {
    const ports = setUp();
    await expect(withLease("plan-1", ports, () => Promise.reject(new Error("no")))).rejects.toThrow("no");

    expect(await withLease("plan-2", ports, async () => 2)).toBe(2);
  });

  it("lets the step that crashed come again, and anybody once a dead holder's time is up", async () => {
    const ports = setUp();
    void withLease("plan-1", ports, never);
    await new Promise(setImmediate);

    expect(await withLease("plan-1", ports, async () => 1)).toBe(1);
    void withLease("plan-1", ports, never);
    await new Promise(setImmediate);
    await ports.clock.sleep(17 * 60_000);
    expect(await withLease("plan-2", ports, async () => 2)).toBe(2);
  });
});
