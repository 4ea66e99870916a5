import { describe, expect, it } from "vitest";
import { fakeClock } from "../test-support/fake-aws.ts";
import { limiterPerOperation, makeRateLimiter, sharedLimiter } from "./rate-limiter.ts";

/** When each of many callers, all asking at once, was let through; milliseconds from the start. */
async function passTimes(count: number, requestsPerSecond: number): Promise<number[]> {
  const clock = fakeClock();
  const start = clock.now();
  const limiter = makeRateLimiter(clock, requestsPerSecond);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      await limiter.turn();
      times.push(clock.now() - start);
    }),
  );
  return times;
}

describe("rate limiter", () => {
  it("never lets more through in any one second than it may", async () => {
    const times = await passTimes(100, 19);
    for (const from of times) {
      expect(times.filter((time) => time >= from && time < from + 1000).length).toBeLessThanOrEqual(19);
    }
  });

  it("wastes nothing of the quota", async () => {
    expect((await passTimes(100, 20)).at(-1)).toBe(4000);
  });

  it("lets callers through in the order of asking", async () => {
    const limiter = makeRateLimiter(fakeClock(), 1);
    const order: number[] = [];
    await Promise.all([1, 2, 3].map((caller) => limiter.turn().then(() => order.push(caller))));
    expect(order).toEqual([1, 2, 3]);
  });

  it("does not wait at all while the quota is not used up", async () => {
    const clock = fakeClock();
    const limiter = makeRateLimiter(clock, 3);
    await limiter.turn();
    await limiter.turn();
    await limiter.turn();
    expect(clock.slept).toEqual([]);
  });

  it("fails the caller whose sleep failed and nobody behind it", async () => {
    const clock = fakeClock();
    const sleep = clock.sleep;
    let fails = true;
    clock.sleep = async (milliseconds) => {
      if (fails) {
        fails = false;
        throw new Error("aborted");
      }
      await sleep(milliseconds);
    };
    const limiter = makeRateLimiter(clock, 1);
    const results = await Promise.allSettled([limiter.turn(), limiter.turn(), limiter.turn()]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  it("is one for all operations of a service, or one for each", () => {
    const shared = sharedLimiter(fakeClock(), 19);
    expect(shared("ListInstances")).toBe(shared("CreateAccountAssignment"));
    const separate = limiterPerOperation(fakeClock(), { ListGroups: 19, ListUsers: 19 });
    expect(separate("ListGroups")).not.toBe(separate("ListUsers"));
    expect(separate("DescribeGroup")).toBeUndefined();
  });
});

/** A service that allows a number of calls per second, and whose limiter learns of every refusal. */
async function callsAgainst(
  quota: (second: number) => number,
  { seconds, rate }: { readonly seconds: number; readonly rate: number },
) {
  const clock = fakeClock();
  const start = clock.now();
  const limiter = makeRateLimiter(clock, rate);
  const perSecond: { sent: number; refused: number }[] = [];
  for (;;) {
    await limiter.turn();
    const second = Math.floor((clock.now() - start) / 1000);
    if (second >= seconds) return perSecond;
    const counts = (perSecond[second] ??= { sent: 0, refused: 0 });
    counts.sent += 1;
    if (counts.sent <= quota(second)) continue;
    counts.refused += 1;
    limiter.slowDown();
  }
}

describe("rate limiter of a quota that others use too", () => {
  it("halves its rate on a throttle and gets a request a second back each second", async () => {
    const counts = await callsAgainst((second) => (second === 2 ? 15 : 20), { seconds: 15, rate: 16 });
    expect(counts.map(({ sent }) => sent)).toEqual([
      16, 16, 16, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16,
    ]);
  });

  it("takes many throttles at the same time for one", async () => {
    const clock = fakeClock();
    const limiter = makeRateLimiter(clock, 16);
    for (let call = 0; call < 10; call += 1) limiter.slowDown();
    const start = clock.now();
    for (let call = 0; call < 9; call += 1) await limiter.turn();
    expect(clock.now() - start).toBe(1000);
  });

  it("never stops, however often it is throttled", async () => {
    const counts = await callsAgainst(() => 0, { seconds: 30, rate: 16 });
    expect(counts.every(({ sent }) => sent >= 1)).toBe(true);
    expect(counts.at(-1)?.sent).toBeLessThanOrEqual(2);
  });

  it("wastes few calls on a quota of which others take half", async () => {
    const counts = await callsAgainst(() => 10, { seconds: 120, rate: 19 });
    const sum = (of: (second: { sent: number; refused: number }) => number) =>
      counts.slice(10).reduce((total, second) => total + of(second), 0);
    expect(sum(({ refused }) => refused) / sum(({ sent }) => sent)).toBeLessThan(0.05);
    expect(sum(({ sent, refused }) => sent - refused)).toBeGreaterThan(0.7 * 10 * 110);
  });
});
