import { describe, expect, it } from "vitest";
import { makeVirtualClock } from "../../test-support/virtual-clock.ts";
import { Alarms } from "./alarms.ts";

const never = new AbortController().signal;

describe("Alarms", () => {
  it("rings in order of time, whatever the order of setting", async () => {
    const alarms = new Alarms(makeVirtualClock());
    const rung: string[] = [];
    alarms.set(3000, () => rung.push("third"));
    alarms.set(1000, () => rung.push("first"));
    alarms.set(2000, () => rung.push("second"));
    await alarms.sleep(4000, never);

    expect(rung).toEqual(["first", "second", "third"]);
  });

  it("does not ring once cancelled, even by an alarm of the same moment", async () => {
    const alarms = new Alarms(makeVirtualClock());
    const rung: string[] = [];
    const cancels: (() => void)[] = [];
    alarms.set(1000, () => cancels[0]?.());
    cancels.push(alarms.set(1000, () => rung.push("cancelled")));
    await alarms.sleep(2000, never);

    expect(rung).toEqual([]);
  });

  it("sleeps until the earliest alarm, and not at all once nothing is awaited", async () => {
    const clock = makeVirtualClock();
    const alarms = new Alarms(clock);
    const controller = new AbortController();
    const timeout = alarms.sleep(14 * 86_400_000, controller.signal);
    await alarms.sleep(150_000, never);
    controller.abort(new Error("answered"));

    await expect(timeout).rejects.toThrow("answered");
    expect(clock.sleeps).toEqual([14 * 86_400_000, 150_000, 14 * 86_400_000 - 150_000]);
    const before = clock.now();
    await clock.sleep(1000);
    expect(clock.now()).toBe(before + 1000);
  });

  it("rejects at once when it is stopped before it sleeps", async () => {
    const clock = makeVirtualClock();

    await expect(new Alarms(clock).sleep(1000, AbortSignal.abort(new Error("over")))).rejects.toThrow("over");
    expect(clock.sleeps).toEqual([]);
  });
});
