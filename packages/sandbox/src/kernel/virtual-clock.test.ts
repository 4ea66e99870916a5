import { setTimeout } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { makeVirtualClock } from "./virtual-clock.ts";

describe("the virtual clock", () => {
  it("passes a year without waiting, sleepers in order of time", async () => {
    const clock = makeVirtualClock(0);
    const woken: string[] = [];
    const year = clock.sleep(365 * 86_400_000).then(() => woken.push("year"));
    void clock.sleep(86_400_000).then(() => woken.push("day"));
    await year;

    expect(woken).toEqual(["day", "year"]);
    expect(clock.now()).toBe(365 * 86_400_000);
  });

  it("wakes sleepers of one moment in the order in which they lay down", async () => {
    const clock = makeVirtualClock();
    const woken: number[] = [];
    await Promise.all([1, 2, 3].map((name) => clock.sleep(1000).then(() => woken.push(name))));

    expect(woken).toEqual([1, 2, 3]);
  });

  it("does not jump while what a sleeper set off is still going on", async () => {
    const clock = makeVirtualClock(0);
    const seen: number[] = [];
    async function work(): Promise<void> {
      await clock.sleep(1000);
      for (let step = 0; step < 100; step += 1) await Promise.resolve();
      seen.push(clock.now());
    }
    await Promise.all([work(), clock.sleep(1001)]);

    expect(seen).toEqual([1000]);
  });

  it("stands still during work that waits for something else", async () => {
    const clock = makeVirtualClock(0);
    const sleeper = clock.sleep(1000);
    const before = await clock.during(setTimeout(20).then(() => clock.now()));
    await sleeper;

    expect(before).toBe(0);
    expect(clock.now()).toBe(1000);
  });

  it("ends an interrupted sleep at once and does not pass its time", async () => {
    const clock = makeVirtualClock(0);
    const controller = new AbortController();
    const sleep = clock.sleep(1000, controller.signal);
    controller.abort();
    await sleep;
    await clock.sleep(500, AbortSignal.abort());

    expect(clock.now()).toBe(0);
  });

  it("knows whole milliseconds only, as clocks of computers do", async () => {
    const clock = makeVirtualClock(0);
    await clock.sleep(0.4);

    expect(clock.now()).toBe(1);
  });
});
