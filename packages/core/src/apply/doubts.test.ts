import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import { toAssignment } from "../../test-support/sample-plan.ts";
import { ApplyHarness, aChange, creates } from "../../test-support/apply-harness.ts";
import { keyOf } from "../../test-support/fake-identity-center.ts";

const TEN_MINUTES = 600_000;

/** Starts get no answer. From `takesEffectAfter` milliseconds on, AWS starts them anyway. */
function loseAnswers({ identityCenter, clock }: ApplyHarness, takesEffectAfter: number): void {
  const begun = clock.now();
  const start = identityCenter.startAssignment.bind(identityCenter);
  identityCenter.startAssignment = async (...input) => {
    if (clock.now() - begun >= takesEffectAfter) await start(...input);
    throw new FlowError("ServiceUnavailable", "no answer");
  };
}

describe("a change that is given up although a start of it got no answer", () => {
  it("counts as created when it takes effect behind the last failure, and is Landbridge's own", async () => {
    const change = aChange("create", 1, 1);
    const harness = await ApplyHarness.of([change]);
    harness.identityCenter.behaviour = { latencyMilliseconds: () => 20_000 };
    loseAnswers(harness, TEN_MINUTES);

    expect(await harness.apply()).toMatchObject({ created: 1, failed: [], remaining: 0 });
    expect([...harness.identityCenter.assignments.keys()]).toEqual([keyOf(toAssignment(change))]);
    expect(await harness.stateOf(change)).toBe("present");
  });

  it("has failed when nothing came of it, and stays Landbridge's own until a read shows that it is not there", async () => {
    const change = aChange("create", 1, 1);
    const harness = await ApplyHarness.of([change]);
    loseAnswers(harness, Number.POSITIVE_INFINITY);

    const { created, failed, remaining } = await harness.apply();

    expect({ created, remaining }).toEqual({ created: 0, remaining: 0 });
    expect(failed.map(({ reason }) => reason)).toEqual(["ServiceUnavailable: no answer"]);
    expect(await harness.stateOf(change)).toBe("uncertain");
    expect(await harness.ledger()).toEqual(harness.keysOfCreates());
  });

  it("is believed whatever refusal comes after the one without an answer", async () => {
    const change = aChange("create", 1, 1);
    const harness = await ApplyHarness.of([change]);
    const { identityCenter } = harness;
    const start = identityCenter.startAssignment.bind(identityCenter);
    identityCenter.behaviour = { latencyMilliseconds: () => 20_000 };
    let starts = 0;
    identityCenter.startAssignment = async (...input) => {
      starts += 1;
      if (starts > 1) throw new FlowError("AccessDenied", "no longer");
      await start(...input);
      throw new FlowError("ServiceUnavailable", "no answer");
    };

    expect(await harness.apply()).toMatchObject({ created: 1, failed: [] });
    expect(await harness.stateOf(change)).toBe("present");
  });

  it("counts as deleted when the deletion takes effect behind the last failure", async () => {
    const change = aChange("delete", 1, 1);
    const harness = await ApplyHarness.of([change]);
    harness.identityCenter.behaviour = { latencyMilliseconds: () => 20_000 };
    loseAnswers(harness, TEN_MINUTES);

    expect(await harness.apply()).toMatchObject({ deleted: 1, failed: [] });
    expect(await harness.ledger()).toEqual([]);
  });

  it("stays Landbridge's own when it was to be deleted and is still there", async () => {
    const change = aChange("delete", 1, 1);
    const harness = await ApplyHarness.of([change]);
    loseAnswers(harness, Number.POSITIVE_INFINITY);

    expect(await harness.apply()).toMatchObject({ deleted: 0, failed: [{ change }] });
    expect(await harness.stateOf(change)).toBe("uncertain");
  });

  it("holds nobody else up", async () => {
    const harness = await ApplyHarness.of(creates(60, 60));
    const { identityCenter, clock } = harness;
    const begun = clock.now();
    identityCenter.behaviour = {
      refusal: (key) =>
        Number(key.split("store-")[1]) > 30 ? new FlowError("ServiceUnavailable", "down") : null,
    };

    expect(await harness.apply()).toMatchObject({ created: 30, remaining: 0 });
    expect(clock.now() - begun).toBeLessThan(TEN_MINUTES + 60_000);
    expect(await harness.ledger()).toHaveLength(60);
  });

  it("is left to the next invocation when time is up", async () => {
    const change = aChange("create", 1, 1);
    const harness = await ApplyHarness.of([change]);
    harness.identityCenter.behaviour = { latencyMilliseconds: () => 300_000 };
    loseAnswers(harness, TEN_MINUTES);

    const first = await harness.apply({ deadline: harness.clock.now() + TEN_MINUTES + 60_000 });
    expect(first).toMatchObject({ created: 0, failed: [], remaining: 1 });
    expect(await harness.stateOf(change)).toBe("claimed");

    expect(await harness.apply()).toMatchObject({ skipped: 1, failed: [], remaining: 0 });
    expect(await harness.stateOf(change)).toBe("present");
    expect(harness.identityCenter.started).toHaveLength(1);
  });
});
