import { describe, expect, it } from "vitest";
import { done, entraOn, refusal } from "../test-support/fake-graph.ts";

const throttled = (seconds: string) =>
  refusal(429, "TooManyRequests", "Too many requests", { "Retry-After": seconds });
const job = { value: [{ id: "job-1" }] };
const JOBS = "GET /servicePrincipals/sp-1/synchronization/jobs";
const START = "POST /servicePrincipals/sp-1/synchronization/jobs/job-1/start";

describe("the Graph client", () => {
  it("sends the access token to Graph over https", async () => {
    const { provisioning, requests } = entraOn({ [JOBS]: job });
    await provisioning.list("sp-1");
    expect(requests[0]?.url).toBe(
      "https://graph.microsoft.com/v1.0/servicePrincipals/sp-1/synchronization/jobs",
    );
    expect(requests[0]?.headers.get("authorization")).toMatch(/^Bearer ey/);
  });

  it("waits as long as Retry-After says and tries again", async () => {
    const { provisioning, clock } = entraOn({ [JOBS]: [throttled("7"), job] });
    expect(await provisioning.list("sp-1")).toEqual(["job-1"]);
    expect(clock.slept).toEqual([7000]);
  });

  it("gives up after three retries and says how long Graph wants to be left alone", async () => {
    const { provisioning, requests } = entraOn({ [JOBS]: throttled("2") });
    await expect(provisioning.list("sp-1")).rejects.toMatchObject({
      name: "Throttled",
      retryAfterSeconds: 2,
    });
    expect(requests).toHaveLength(4);
  });

  it("waits longer each time when Graph does not say how long", async () => {
    const busy = refusal(503, "serviceNotAvailable", "busy");
    const { provisioning, clock } = entraOn({ [JOBS]: [busy, busy, job] });
    expect(await provisioning.list("sp-1")).toEqual(["job-1"]);
    expect(clock.slept).toEqual([3000, 6000]);
  });

  it("leaves a long wait to the flow", async () => {
    const { provisioning, requests } = entraOn({ [JOBS]: throttled("150") });
    await expect(provisioning.list("sp-1")).rejects.toMatchObject({
      name: "Throttled",
      retryAfterSeconds: 150,
    });
    expect(requests).toHaveLength(1);
  });

  it("repeats a throttled POST, which did nothing", async () => {
    const { provisioning, requests } = entraOn({ [START]: [throttled("1"), done()] });
    await provisioning.start("sp-1", "job-1");
    expect(requests).toHaveLength(2);
  });

  it("never repeats a POST that may have been done", async () => {
    const { provisioning, requests } = entraOn({ [START]: refusal(503, "serviceNotAvailable", "busy") });
    await expect(provisioning.start("sp-1", "job-1")).rejects.toMatchObject({ name: "ServiceUnavailable" });
    expect(requests).toHaveLength(1);
  });

  it("starts a job without a body", async () => {
    const { provisioning, requests } = entraOn({ [START]: done() });
    await provisioning.start("sp-1", "job-1");
    expect(requests[0]?.body).toBeNull();
  });
});
