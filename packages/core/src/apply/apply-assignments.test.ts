import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import { stored, toAssignment } from "../../test-support/sample-plan.ts";
import { ApplyHarness, aChange, creates } from "../../test-support/apply-harness.ts";
import { keyOf } from "../../test-support/fake-identity-center.ts";

describe("applying assignments", () => {
  it("creates, deletes and keeps the ledger in step", async () => {
    const harness = await ApplyHarness.of([
      aChange("delete", 1, 1),
      aChange("create", 1, 2),
      aChange("create", 2, 3),
    ]);

    const outcome = await harness.apply();

    expect(outcome).toEqual({ created: 2, deleted: 1, skipped: 0, failed: [], remaining: 0 });
    expect([...harness.identityCenter.assignments.keys()].toSorted()).toEqual(
      [aChange("create", 1, 2), aChange("create", 2, 3)].map(toAssignment).map(keyOf),
    );
    expect(await harness.ledger()).toEqual(harness.keysOfCreates());
  });

  it("writes and asks nothing when there is nothing to do", async () => {
    const harness = await ApplyHarness.of([]);
    expect(await harness.apply()).toEqual({ created: 0, deleted: 0, skipped: 0, failed: [], remaining: 0 });
    expect(await harness.records.list("apply")).toEqual([]);
    expect(harness.identityCenter.calls).toEqual({ start: 0, list: 0, describe: 0, read: 0 });
  });

  it("uses all fifteen slots, never more, and never two in one account", async () => {
    const harness = await ApplyHarness.of([
      ...Array.from({ length: 20 }, (_, index) => aChange("delete", index + 1, index + 101)),
      ...creates(60, 20),
    ]);

    const outcome = await harness.apply();

    expect(outcome.created + outcome.deleted).toBe(80);
    expect(harness.identityCenter.violations).toEqual([]);
    expect(harness.identityCenter.mostOutstanding).toBe(15);
  });

  it("goes round the accounts", async () => {
    const harness = await ApplyHarness.of([
      aChange("create", 1, 1),
      aChange("create", 1, 2),
      aChange("create", 2, 3),
      aChange("create", 3, 4),
    ]);
    await harness.apply();
    expect(harness.identityCenter.started.map((start) => start.split(" ")[1])).toEqual([
      "000000000001",
      "000000000002",
      "000000000003",
      "000000000001",
    ]);
  });

  it("leaves room for what others have in progress", async () => {
    const harness = await ApplyHarness.of(creates(40, 40));
    for (let account = 101; account <= 110; account++) {
      harness.identityCenter.startForOthers(String(account).padStart(12, "0"), 20_000);
    }

    expect((await harness.apply()).created).toBe(40);
    expect(harness.identityCenter.violations).toEqual([]);
  });

  it("spends at most one and a half calls on an assignment", async () => {
    const harness = await ApplyHarness.of(creates(600, 60));
    await harness.apply();
    const { start, list, describe: described, read } = harness.identityCenter.calls;
    expect((start + list + described + read) / 600).toBeLessThan(1.5);
  });

  it("records what fails with AWS's reason, takes the claim back and continues", async () => {
    const harness = await ApplyHarness.of([...creates(5, 5), aChange("delete", 9, 9)]);
    harness.identityCenter.behaviour = {
      failureReason: (key) => (/^0+[29] /.test(key) ? "Obtaining permissions takes longer than usual" : null),
    };

    const outcome = await harness.apply();

    expect(outcome).toMatchObject({ created: 4, deleted: 0, remaining: 0 });
    expect(outcome.failed.map(({ change, reason }) => [change.accountName, reason])).toEqual([
      ["Account 2", "Obtaining permissions takes longer than usual"],
      ["Account 9", "Obtaining permissions takes longer than usual"],
    ]);
    const ledger = await harness.ledger();
    expect(ledger.filter((key) => key.startsWith("000000000002"))).toEqual([]);
    expect(ledger.filter((key) => key.startsWith("000000000009"))).toHaveLength(1);
  });

  it("does not take an operation for finished that a listing does not show yet", async () => {
    const harness = await ApplyHarness.of(creates(1, 1));
    harness.identityCenter.behaviour = { listingLagMilliseconds: 900, failureReason: () => "AWS could not" };
    expect((await harness.apply()).failed.map(({ reason }) => reason)).toEqual(["AWS could not"]);
  });

  it("finds the principal that provisioning has brought since the plan was made", async () => {
    const change = aChange("create", 1, 1);
    const awaited = { ...change, principal: { ...change.principal, principalId: null } };
    const harness = await ApplyHarness.of([awaited]);

    expect(await harness.apply({ principals: [stored(1)] })).toMatchObject({ created: 1 });
    expect([...harness.identityCenter.assignments.keys()]).toEqual([keyOf(toAssignment(change))]);
    expect(await harness.ledger()).toEqual([ledgerKey(toAssignment(change))]);
  });

  it("reports a principal that has not arrived and a permission set that is missing", async () => {
    const change = aChange("create", 1, 1);
    const awaited = { ...change, principal: { ...change.principal, principalId: null } };
    const harness = await ApplyHarness.of([awaited, { ...aChange("create", 2, 2), permissionSet: "Gone" }]);

    const { failed } = await harness.apply();

    expect(failed.map(({ reason }) => reason)).toEqual([
      "Group 1 is not in the identity store yet: look at Entra's provisioning logs",
      "the instance has no permission set Gone",
    ]);
    expect(harness.identityCenter.calls.start).toBe(0);
  });

  it("reports its progress, and the end", async () => {
    const harness = await ApplyHarness.of(creates(20, 20));
    await harness.apply();
    const done = harness.emitted.map(({ payload }) => ("done" in payload ? payload.done : -1));
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(harness.emitted.at(-1)).toEqual({
      code: "assignments.progressed",
      payload: { done: 20, total: 20, failed: 0 },
    });
  });

  it("lets a failure that is not a change's own end the run", async () => {
    const harness = await ApplyHarness.of(creates(3, 3));
    harness.identityCenter.behaviour = {
      refusal: (_, number) => (number === 2 ? new TypeError("bug") : null),
    };
    await expect(harness.apply()).rejects.toThrow("bug");
  });

  it("refuses to continue a plan that has changed", async () => {
    const harness = await ApplyHarness.of(creates(3, 3));
    await harness.apply();
    const other = await ApplyHarness.of(creates(4, 4));
    await expect(other.apply({}, harness.ports)).rejects.toMatchObject({ name: "InvalidStepInput" });
  });

  it("does not continue alongside another worker on the same plan", async () => {
    const harness = await ApplyHarness.of(creates(200, 15));
    const results = await Promise.allSettled([harness.apply(), harness.apply()]);
    const failures = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as unknown] : [],
    );
    expect(failures[0]).toBeInstanceOf(FlowError);
    expect(failures[0]).toMatchObject({ name: "ConflictingOperation" });
  });
});
