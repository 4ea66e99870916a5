import { describe, expect, it } from "vitest";
import { awsOn, fakeClock, refusal } from "../test-support/fake-aws.ts";

const GROUPS = { Groups: [] };

describe("retries", () => {
  it("repeats a throttled call with growing pauses, on the clock", async () => {
    const throttled = refusal("ThrottlingException");
    const { identityStore, clock, requests } = awsOn({ ListGroups: [throttled, throttled, GROUPS] });
    await identityStore.listGroups("d-1234567890");
    expect(requests).toHaveLength(3);
    expect(clock.slept).toEqual([1000, 2000]);
  });

  it("waits as long as AWS asks for", async () => {
    const throttled = refusal("ThrottlingException", "slow down", 400, { RetryAfterSeconds: 7 });
    const { identityStore, clock } = awsOn({ ListGroups: [throttled, GROUPS] });
    await identityStore.listGroups("d-1234567890");
    expect(clock.slept).toEqual([7000]);
  });

  it("gives up after five attempts and says what AWS asked for last", async () => {
    const throttled = refusal("ThrottlingException", "slow down", 400, { RetryAfterSeconds: 7 });
    const { identityStore, requests } = awsOn({ ListGroups: throttled });
    await expect(identityStore.listGroups("d-1234567890")).rejects.toMatchObject({
      name: "Throttled",
      retryAfterSeconds: 7,
    });
    expect(requests).toHaveLength(5);
  });

  it("repeats a call that AWS failed or the network dropped", async () => {
    const { identityStore, requests } = awsOn({
      ListGroups: [
        refusal("InternalServerException", "oops", 500),
        () => {
          throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
        },
        GROUPS,
      ],
    });
    await identityStore.listGroups("d-1234567890");
    expect(requests).toHaveLength(3);
  });

  it("sends a refused call once", async () => {
    const { identityStore, requests, clock } = awsOn({ ListGroups: refusal("ValidationException") });
    await expect(identityStore.listGroups("d-1234567890")).rejects.toMatchObject({
      name: "ValidationException",
    });
    expect(requests).toHaveLength(1);
    expect(clock.slept).toEqual([]);
  });

  it("keeps repeating calls however many were throttled before", async () => {
    const { identityStore } = awsOn({ ListGroups: oneInThree(GROUPS) });
    // The SDK's own strategy would run out of its shared retry quota of 500 within these.
    for (let call = 0; call < 60; call++) await identityStore.listGroups("d-1234567890");
  });

  it("waits for the rate limiter at every attempt", async () => {
    const clock = fakeClock();
    const sentAt: number[] = [];
    const { organization } = awsOn(
      {
        DescribeOrganization: () => {
          sentAt.push(clock.now());
          return refusal("ServiceException", "oops", 500);
        },
      },
      clock,
    );
    await expect(organization.read({ tags: false })).rejects.toMatchObject({ name: "ServiceUnavailable" });
    expect(sentAt).toHaveLength(5);
    sentAt
      .slice(1)
      .forEach((time, index) => expect(time - (sentAt[index] ?? 0)).toBeGreaterThanOrEqual(1000));
  });
});

/** Throttles two requests before it answers one. */
function oneInThree(answer: object): () => object {
  let calls = 0;
  return () => (++calls % 3 === 0 ? answer : refusal("ThrottlingException"));
}
