import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FlowError } from "../errors.ts";
import { toAssignment } from "../../test-support/sample-plan.ts";
import { ApplyHarness, aChange } from "../../test-support/apply-harness.ts";
import { Crash, crashing } from "../../test-support/crashing-ports.ts";
import { keyOf } from "../../test-support/fake-identity-center.ts";

const change = fc.tuple(
  fc.constantFrom("create" as const, "delete" as const),
  fc.integer({ min: 1, max: 20 }),
);
const changes = fc
  .array(change, { minLength: 1, maxLength: 60 })
  .map((drawn) => drawn.map(([action, account], index) => aChange(action, account, index + 1)));
const latencies = fc.array(fc.integer({ min: 100, max: 20_000 }), { minLength: 1, maxLength: 10 });

/** Invokes as the flow does: again after a crash, and while something remains. */
async function applyUntilDone(harness: ApplyHarness, crashes: readonly { at: number; after: boolean }[]) {
  for (const crash of crashes) {
    try {
      await harness.apply({}, crashing(harness.ports, crash));
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }
  return harness.apply();
}

describe("whatever happens while a plan is applied", () => {
  it("no quota is broken, nothing is lost and every checkpoint is true when operations fail and are refused", async () => {
    const fates = fc.array(fc.constantFrom("ok", "ok", "ok", "fails", "throttled", "conflict", "denied"), {
      minLength: 1,
      maxLength: 12,
    });
    await fc.assert(
      fc.asyncProperty(changes, latencies, fates, async (drawn, delays, drawnFates) => {
        const harness = await ApplyHarness.of(drawn);
        const fateOf = (key: string) => drawnFates[Number(key.split("store-")[1]) % drawnFates.length];
        const refusedOnce = new Set<string>();
        harness.identityCenter.behaviour = {
          latencyMilliseconds: (number) => delays[number % delays.length] ?? 0,
          failureReason: (key) => (fateOf(key) === "fails" ? "AWS could not" : null),
          refusal: (key) => {
            const fate = fateOf(key);
            if (fate === "denied") return new FlowError("AccessDenied", "no");
            if (refusedOnce.has(key)) return null;
            refusedOnce.add(key);
            if (fate === "throttled") return new FlowError("Throttled", "slow down");
            return fate === "conflict" ? new FlowError("ConflictingOperation", "busy") : null;
          },
        };

        const { created, deleted, skipped, failed, remaining } = await harness.apply();

        expect(created + deleted + skipped + failed.length + remaining).toBe(drawn.length);
        expect(remaining).toBe(0);
        const doomed = drawn
          .map(toAssignment)
          .filter((one) => ["fails", "denied"].includes(fateOf(keyOf(one)) ?? ""));
        expect(failed).toHaveLength(doomed.length);
        expect(harness.identityCenter.violations).toEqual([]);
        expect(harness.records.checkpoints).toBeGreaterThan(1);
        const there = [...harness.identityCenter.assignments.values()];
        expect((await harness.ledger()).length).toBe(there.length);
      }),
      { numRuns: 60 },
    );
  });

  it("a crash at any call, once or again, ends in the planned state with nothing started twice and no checkpoint untrue", async () => {
    const crash = fc.record({ at: fc.integer({ min: 1, max: 120 }), after: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        changes,
        latencies,
        fc.array(crash, { minLength: 1, maxLength: 3 }),
        async (drawn, delays, crashes) => {
          const harness = await ApplyHarness.of(drawn);
          harness.identityCenter.behaviour = {
            latencyMilliseconds: (number) => delays[number % delays.length] ?? 0,
          };

          const outcome = await applyUntilDone(harness, crashes);

          const wanted = drawn.filter(({ action }) => action === "create");
          expect(outcome).toMatchObject({ failed: [], remaining: 0 });
          expect(harness.identityCenter.violations).toEqual([]);
          expect([...harness.identityCenter.assignments.keys()].toSorted()).toEqual(
            wanted.map(toAssignment).map(keyOf).toSorted(),
          );
          expect(await harness.ledger()).toEqual(harness.keysOfCreates());
          expect(harness.identityCenter.started).toHaveLength(drawn.length);
        },
      ),
      { numRuns: 150 },
    );
  });
});
