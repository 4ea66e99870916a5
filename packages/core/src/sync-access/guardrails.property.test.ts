import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aChange, anEntry } from "../../test-support/apply-harness.ts";
import { applyAssignments } from "../apply/apply-assignments.ts";
import { FakeIdentityCenter, keyOf } from "../../test-support/fake-identity-center.ts";
import { MemoryObjects } from "../../test-support/memory-objects.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { FlowError } from "../errors.ts";
import { ledgerKey } from "../ledger/ledger-key.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { AssignmentChange } from "../plan/plan.ts";
import { anInstance, aPlan, arnOf, toAssignment } from "../../test-support/sample-plan.ts";
import { finishDeletions } from "./deletion-budget.ts";
import { judgePlan } from "./judge-plan.ts";
import { keepSnapshot } from "./snapshot.ts";

const HOUR = 3_600_000;
const ACCOUNTS = 120;
const PER_RUN = 15;
const PER_DAY = 40;
const guardrails = {
  maxDeletions: PER_RUN,
  maxDeletionPercent: 100,
  deletionsPerDay: PER_DAY,
  approveAbove: { assignments: null, accounts: null },
  paused: false,
};

/** One plan and its fate: which accounts it clears, at which call its worker ends, and what comes next. */
const episode = fc.record({
  from: fc.integer({ min: 1, max: ACCOUNTS }),
  count: fc.integer({ min: 1, max: PER_RUN + 3 }),
  endsAfter: fc.option(fc.integer({ min: 1, max: 60 }), { nil: null }),
  how: fc.constantFrom("overtaken" as const, "killed" as const),
  /** Who makes the next plan: the same run plans again, or another one does. */
  next: fc.constantFrom("same run" as const, "another run" as const),
  hoursLater: fc.constantFrom(0, 0, 1, 7),
});

class Killed extends Error {}

/** All of it on one clock, with one ledger; nothing is ever approved. */
class World {
  readonly clock = new VirtualClock();
  readonly objects = new MemoryObjects();
  readonly records = new MemoryRecords();
  readonly identityCenter: FakeIdentityCenter;
  /** When which run deleted something. */
  readonly deleted: { readonly at: number; readonly run: string }[] = [];
  readonly #all = Array.from({ length: ACCOUNTS }, (_, index) => aChange("delete", index + 1, 1));

  constructor() {
    this.identityCenter = new FakeIdentityCenter(this.clock, this.#all.map(toAssignment));
    this.identityCenter.behaviour = { latencyMilliseconds: (number) => 500 + (number % 7) * 1_000 };
  }

  async fillLedger(): Promise<void> {
    for (const change of this.#all)
      await this.records.put("ledger", ledgerKey(toAssignment(change)), anEntry(change));
  }

  /** What a plan of these accounts would now delete. */
  wanted(from: number, count: number): AssignmentChange[] {
    this.identityCenter.keysInProgress();
    return this.#all
      .slice(from - 1, from - 1 + count)
      .filter((change) => this.identityCenter.assignments.has(keyOf(toAssignment(change))));
  }

  /** The worker of one plan, which ends after this number of calls. */
  async apply(run: string, planKey: string, changes: readonly AssignmentChange[], fate: Fate): Promise<void> {
    const plan = aPlan(changes);
    const before = new Set(this.identityCenter.assignments.keys());
    let calls = 0;
    const isOver = () => fate.endsAfter !== null && ++calls > fate.endsAfter;
    const check = () =>
      fate.how === "overtaken" && isOver()
        ? Promise.reject(new FlowError("RunOvertaken", "now"))
        : Promise.resolve();
    const identityCenter = new Proxy(this.identityCenter, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        return (...input: unknown[]) => {
          if (fate.how === "killed" && isOver()) throw new Killed();
          return Reflect.apply(member, target, input) as unknown;
        };
      },
    });
    const ports = {
      identityCenter,
      records: this.records,
      clock: this.clock,
      events: { emit: () => undefined },
    };
    try {
      await applyAssignments(
        {
          planId: planKey,
          proof: { plan, check },
          instance: anInstance().instance,
          permissionSetArns: { ReadOnly: arnOf("ReadOnly") },
          principals: [],
          deadline: Number.POSITIVE_INFINITY,
        },
        ports,
      );
      await finishDeletions({ executionArn: run, planKey, plan }, this);
    } catch (error) {
      if (!(error instanceof Killed) && !(error instanceof FlowError && error.name === "RunOvertaken"))
        throw error;
    }
    // Like TakeFence of the next run.
    while (this.identityCenter.keysInProgress().size > 0) await this.clock.sleep(1_000);
    const at = this.clock.now();
    for (const key of before) if (!this.identityCenter.assignments.has(key)) this.deleted.push({ at, run });
  }
}

interface Fate {
  readonly endsAfter: number | null;
  readonly how: "overtaken" | "killed";
}

describe("guardrails, whatever stops a run and however often it plans again", () => {
  it("hold for a run as a whole and for each day", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(episode, { minLength: 1, maxLength: 10 }), async (episodes) => {
        const world = new World();
        await world.fillLedger();
        let runs = 1;
        let begunPlans: string[] = [];
        for (const { from, count, next, hoursLater, ...fate } of episodes) {
          const run = `arn:${runs}`;
          const changes = world.wanted(from, count);
          const plan = { ...aPlan(changes), madeAt: new Date(world.clock.now()).toISOString() };
          const planKey = await keepSnapshot("plan", plan, world);
          const judgement = {
            planKey,
            planHash: planHash(plan),
            policy: { isProposal: false, key: "policy/access.yaml", versionId: "version-1" },
            mode: "apply" as const,
            approvedHash: "",
          };
          const { verdict } = await judgePlan(
            { ...judgement, executionArn: run, begunPlans },
            { ...ports(world), settings: { guardrails } as never },
          );
          if (verdict === "go") {
            begunPlans = [...begunPlans, planKey];
            await world.apply(run, planKey, changes, fate);
          }
          await world.clock.sleep(hoursLater * HOUR + 1);
          if (next === "another run") {
            runs += 1;
            begunPlans = [];
          }
        }
        for (const { at, run } of world.deleted) {
          const day = world.deleted.filter((one) => one.at > at - 24 * HOUR && one.at <= at);
          expect(day.length).toBeLessThanOrEqual(PER_DAY);
          expect(world.deleted.filter((one) => one.run === run).length).toBeLessThanOrEqual(PER_RUN);
        }
        expect(world.identityCenter.violations).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

function ports({ objects, records, clock }: World) {
  return { objects, records, clock };
}
