import { describe, expect, it } from "vitest";
import { type ErrorName, FlowError } from "../errors.ts";
import { ApplyHarness, aChange, creates } from "../../test-support/apply-harness.ts";
import { backoff, readPatiently } from "./patience.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";

function refusing(name: ErrorName, times: number, retryAfterSeconds?: number) {
  let left = times;
  return () => {
    if (left-- <= 0) return null;
    return new FlowError(name, "said AWS", retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
  };
}

describe("patience with refusals", () => {
  it.each(["Throttled", "ConflictingOperation", "NotPropagatedYet", "ServiceUnavailable"] as const)(
    "tries again after %s",
    async (name) => {
      const harness = await ApplyHarness.of(creates(4, 2));
      harness.identityCenter.behaviour = { refusal: refusing(name, 3) };
      expect(await harness.apply()).toMatchObject({ created: 4, failed: [] });
      expect(harness.identityCenter.violations).toEqual([]);
    },
  );

  it("waits for a principal for five minutes, then reports it, and does the others meanwhile", async () => {
    const harness = await ApplyHarness.of(creates(6, 2));
    const begun = harness.clock.now();
    harness.identityCenter.behaviour = {
      refusal: (key) =>
        key.endsWith("store-1") ? new FlowError("NotPropagatedYet", "no such principal") : null,
    };

    const outcome = await harness.apply();

    expect(outcome).toMatchObject({ created: 5, remaining: 0 });
    expect(outcome.failed.map(({ reason }) => reason)).toEqual(["NotPropagatedYet: no such principal"]);
    const minutes = (harness.clock.now() - begun) / 60_000;
    expect(minutes).toBeGreaterThanOrEqual(5);
    expect(minutes).toBeLessThan(6);
    expect(await harness.ledger()).toHaveLength(5);
  });

  it("holds everything back for as long as the throttle asks", async () => {
    const harness = await ApplyHarness.of(creates(2, 2));
    const begun = harness.clock.now();
    harness.identityCenter.behaviour = { refusal: refusing("Throttled", 1, 45) };
    await harness.apply();
    expect(harness.clock.now() - begun).toBeGreaterThanOrEqual(45_000);
  });

  it("holds only the account back that somebody else is changing", async () => {
    const harness = await ApplyHarness.of(creates(4, 2));
    harness.identityCenter.behaviour = {
      refusal: (key) =>
        key.startsWith("000000000001") ? new FlowError("ConflictingOperation", "busy") : null,
    };
    const outcome = await harness.apply();
    expect(outcome.created).toBe(2);
    expect(outcome.failed.map(({ reason }) => reason)).toEqual([
      "ConflictingOperation: busy",
      "ConflictingOperation: busy",
    ]);
  });

  it("does not start again what was started although no answer came", async () => {
    const harness = await ApplyHarness.of([aChange("create", 1, 1)]);
    const { identityCenter } = harness;
    const start = identityCenter.startAssignment.bind(identityCenter);
    let isFirst = true;
    identityCenter.behaviour = { latencyMilliseconds: () => 500 };
    identityCenter.startAssignment = async (...input) => {
      const operation = await start(...input);
      if (!isFirst) return operation;
      isFirst = false;
      throw new FlowError("ServiceUnavailable", "no answer");
    };

    expect(await harness.apply()).toMatchObject({ skipped: 1, failed: [] });
    expect(identityCenter.started).toHaveLength(1);
    expect(await harness.ledger()).toEqual(harness.keysOfCreates());
  });

  it("takes what is to be deleted and gone for done", async () => {
    const harness = await ApplyHarness.of([aChange("delete", 1, 1)]);
    harness.identityCenter.assignments.clear();
    harness.identityCenter.behaviour = {
      refusal: () => new FlowError("NotPropagatedYet", "no such assignment"),
    };
    expect(await harness.apply()).toMatchObject({ skipped: 1, failed: [] });
    expect(await harness.ledger()).toEqual([]);
  });

  it("reports at once a refusal that waiting does not fix", async () => {
    const harness = await ApplyHarness.of(creates(2, 2));
    harness.identityCenter.behaviour = {
      refusal: (key) =>
        key.startsWith("000000000001") ? new FlowError("AccessDenied", "not allowed") : null,
    };
    const outcome = await harness.apply();
    expect(outcome).toMatchObject({ created: 1 });
    expect(outcome.failed.map(({ reason }) => reason)).toEqual(["AccessDenied: not allowed"]);
  });
});

describe("the backoff", () => {
  it("doubles up to half a minute and respects what the other side asks for", () => {
    expect([1, 2, 3, 6, 40].map((times) => backoff(times))).toEqual([1_000, 2_000, 4_000, 30_000, 30_000]);
    expect(backoff(1, 90)).toBe(90_000);
  });
});

describe("reading patiently", () => {
  it("repeats a throttled read and gives up after two minutes", async () => {
    const clock = new VirtualClock();
    const begun = clock.now();
    const read = readPatiently(clock, () => Promise.reject(new FlowError("Throttled", "slow down")));
    await expect(read).rejects.toMatchObject({ name: "Throttled" });
    expect(clock.now() - begun).toBeGreaterThan(60_000);
    expect(clock.now() - begun).toBeLessThanOrEqual(120_000);
  });

  it("does not repeat what will not get better", async () => {
    let reads = 0;
    const denied = () => {
      reads++;
      return Promise.reject(new FlowError("AccessDenied", "no"));
    };
    await expect(readPatiently(new VirtualClock(), denied)).rejects.toMatchObject({ name: "AccessDenied" });
    expect(reads).toBe(1);
  });
});
