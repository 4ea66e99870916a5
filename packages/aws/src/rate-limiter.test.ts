import { describe, expect, it } from "vitest";
import { fakeClock } from "./fake-aws.ts";
import { limiterPerOperation, makeRateLimiter, sharedLimiter } from "./rate-limiter.ts";

/** When each of many callers, all asking at once, was let through; milliseconds from the start. */
async function passTimes(count: number, requestsPerSecond: number): Promise<number[]> {
  const clock = fakeClock();
  const start = clock.now();
  const limiter = makeRateLimiter(clock, requestsPerSecond);
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: count }, async () => {
      await limiter();
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
    await Promise.all([1, 2, 3].map((caller) => limiter().then(() => order.push(caller))));
    expect(order).toEqual([1, 2, 3]);
  });

  it("does not wait at all while the quota is not used up", async () => {
    const clock = fakeClock();
    const limiter = makeRateLimiter(clock, 3);
    await limiter();
    await limiter();
    await limiter();
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
    const results = await Promise.allSettled([limiter(), limiter(), limiter()]);
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
