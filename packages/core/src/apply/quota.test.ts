import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import { ApplyHarness, creates } from "../../test-support/apply-harness.ts";

const QUOTA = () => new FlowError("QuotaExceeded", "AWS refused it: ServiceQuotaExceededException");

describe("a quota that is reached", () => {
  it("of operations in progress is waited out, for as long as others use them up", async () => {
    const harness = await ApplyHarness.of(creates(6, 6));
    const { identityCenter, clock } = harness;
    const begun = clock.now();
    identityCenter.behaviour = { refusal: () => (clock.now() - begun < 90_000 ? QUOTA() : null) };
    // Started by somebody else after the worker has looked.
    const first = identityCenter.startAssignment.bind(identityCenter);
    identityCenter.startAssignment = (...input) => {
      identityCenter.startAssignment = first;
      for (let other = 1; other <= 15; other += 1) identityCenter.startForOthers(`other ${other}`, 90_000);
      return first(...input);
    };

    expect(await harness.apply()).toMatchObject({ created: 6, failed: [], remaining: 0 });
    expect(clock.now() - begun).toBeGreaterThanOrEqual(90_000);
    expect(clock.now() - begun).toBeLessThan(150_000);
  });

  it("of groups in an account fails the item at once, by name, and no other", async () => {
    const harness = await ApplyHarness.of(creates(20, 10));
    const { identityCenter, clock } = harness;
    const begun = clock.now();
    identityCenter.behaviour = { refusal: (key) => (key.endsWith("store-3") ? QUOTA() : null) };

    const outcome = await harness.apply();

    expect(outcome).toMatchObject({ created: 19, remaining: 0 });
    expect(outcome.failed.map(({ change, reason }) => [change.principal.name, reason])).toEqual([
      ["Group 3", "QuotaExceeded: AWS refused it: ServiceQuotaExceededException"],
    ]);
    expect(clock.now() - begun).toBeLessThan(30_000);
    expect(identityCenter.violations).toEqual([]);
    expect(await harness.ledger()).toHaveLength(19);
  });

  it("is not mistaken for that of groups when the operations ended before they were counted", async () => {
    const harness = await ApplyHarness.of(creates(3, 3));
    let refusals = 0;
    harness.identityCenter.behaviour = { refusal: () => (++refusals === 1 ? QUOTA() : null) };
    expect(await harness.apply()).toMatchObject({ created: 3, failed: [] });
  });
});
