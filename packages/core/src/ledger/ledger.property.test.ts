import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyAssignments } from "../apply/apply-assignments.ts";
import { Crash, crashing } from "../../test-support/crashing-ports.ts";
import { FakeIdentityCenter } from "../../test-support/fake-identity-center.ts";
import { MemoryRecords } from "../../test-support/memory-records.ts";
import { VirtualClock } from "../../test-support/virtual-clock.ts";
import { FlowError } from "../errors.ts";
import type { InstanceAssignment, InstanceSnapshot, StorePrincipal } from "../model/instance.ts";
import { planAccess } from "../plan/plan-access.ts";
import type { Plan } from "../plan/plan.ts";
import {
  anInstance,
  aProof,
  arnOf,
  bound,
  planInput,
  stored,
  wanted,
} from "../../test-support/sample-plan.ts";
import type { AssignmentAction } from "../ports/identity-center.ts";
import { LAB, PAYMENTS, SHOP } from "../../test-support/sample-world.ts";
import { keepLedgerChanges } from "./keep-ledger-changes.ts";
import { isEarlier, isOwn, readLedger } from "./ledger-entry.ts";
import { ledgerKey } from "./ledger-key.ts";
import { ownAssignments } from "./own-assignments.ts";
import { reconcileLedger } from "./reconcile-ledger.ts";

const DAY = 24 * 3_600_000;
const GROUPS = [1, 2, 3];
const SETS = ["ReadOnly", "Admin"];
const ACCOUNTS = [PAYMENTS, SHOP, LAB];
const PLACES = ACCOUNTS.flatMap((account) =>
  SETS.flatMap((set) => GROUPS.map((group) => [account, set, group] as const)),
);

/**
 * What happens to the changes of one run. `silent`: AWS answers nothing and does nothing; `behind`: it answers nothing
 * but starts everything anyway; `late`: it starts the change after the run has ended.
 */
type Fate = "ok" | "fails" | "denied" | "silent" | "behind" | "late";

const fates = fc.array(
  fc.constantFrom<Fate>("ok", "ok", "ok", "ok", "fails", "denied", "silent", "behind", "late"),
  { minLength: PLACES.length, maxLength: PLACES.length },
);
const places = fc.subarray(PLACES);
const day = fc.record({
  /** Manual edits before the run: an existing assignment is removed, a missing one is granted. */
  toggled: fc.subarray(PLACES, { maxLength: 4 }),
  /** Deleted from the identity store; with all that they have, which stays. */
  deleted: fc.subarray(GROUPS, { maxLength: 1 }),
  /** Provisioned again: the same group of Entra under a new identity store id. */
  brought: fc.subarray(GROUPS, { maxLength: 1 }),
  desired: places,
  fates,
  crash: fc.option(fc.record({ at: fc.integer({ min: 1, max: 60 }), after: fc.boolean() }), { freq: 3 }),
});
type Day = typeof day extends fc.Arbitrary<infer D> ? D : never;

/** An instance on which Landbridge and somebody else work, with an independent record of who created what. */
class SharedInstance {
  readonly clock = new VirtualClock();
  readonly records = new MemoryRecords();
  readonly identityCenter = new FakeIdentityCenter(this.clock);
  readonly book = new Map<string, "Landbridge" | "somebody">();
  /** What Landbridge deleted although somebody else had created it. */
  readonly crimes: string[] = [];
  readonly #store = new Map(GROUPS.map((group) => [group, stored(group)]));
  #late: { action: AssignmentAction; assignment: InstanceAssignment }[] = [];
  #runs = 0;

  async live({ toggled, deleted, brought, desired, fates: drawn, crash }: Day): Promise<void> {
    await this.clock.sleep(DAY / 2);
    await this.#editByHand(toggled);
    for (const group of deleted) this.#store.delete(group);
    for (const group of brought) {
      if (this.#store.has(group)) continue;
      this.#store.set(group, { ...stored(group), principalId: `store-${group}-${this.#runs}` });
    }
    await this.clock.sleep(DAY / 2);
    await this.run(desired, (index) => drawn[index % drawn.length] ?? "ok", crash);
  }

  /** One run, from its reads to its last write, and what AWS does afterwards. */
  async run(desired: Day["desired"], fateOf: (index: number) => Fate, crash: Day["crash"]): Promise<void> {
    this.#runs += 1;
    const beganAt = new Date(this.clock.now()).toISOString();
    const snapshot = await this.#read();
    const ledger = await readLedger(this);
    await keepLedgerChanges(reconcileLedger(ledger, { snapshot, beganAt }), this);
    const plan = planAccess(
      planInput({
        bound: bound(desired.map(([account, set, group]) => wanted(account, set, group))),
        instance: snapshot,
        ledger: ownAssignments(ledger, snapshot),
      }),
    );
    await this.#apply(plan, { fateOf, crash });
    await this.clock.sleep(DAY / 4);
    for (const { action, assignment } of this.#late) {
      if (action === "create") this.identityCenter.assignments.set(fakeKey(assignment), assignment);
      else this.identityCenter.assignments.delete(fakeKey(assignment));
    }
    this.#late = [];
    await this.#keepBook();
  }

  async #apply(
    plan: Plan,
    { fateOf, crash }: { fateOf: (index: number) => Fate; crash: Day["crash"] },
  ): Promise<void> {
    const { instance } = anInstance();
    const faulty = this.#faulty(fateOf);
    const ports = { ...faulty, records: this.records, clock: this.clock, events: { emit: () => undefined } };
    try {
      await applyAssignments(
        {
          planId: `plan-${this.#runs}`,
          proof: aProof(plan),
          instance,
          permissionSetArns: Object.fromEntries(SETS.map((name) => [name, arnOf(name)])),
          principals: this.#principals(),
          deadline: Number.POSITIVE_INFINITY,
        },
        crash === null ? ports : crashing(ports, crash),
      );
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
    }
  }

  #faulty(fateOf: (index: number) => Fate) {
    const { identityCenter, book, crimes } = this;
    const start: FakeIdentityCenter["startAssignment"] = async (action, instance, assignment) => {
      const key = ledgerKey(assignment);
      if (action === "delete" && book.get(key) === "somebody") crimes.push(key);
      const fate = fateOf(PLACES.findIndex(([account, set, group]) => isAt(assignment, account, set, group)));
      if (fate === "denied") throw new FlowError("AccessDenied", "no");
      if (fate === "late" && !this.#late.some((one) => ledgerKey(one.assignment) === key))
        this.#late.push({ action, assignment });
      if (fate === "behind") await identityCenter.startAssignment(action, instance, assignment);
      if (fate === "behind" || fate === "late" || fate === "silent")
        throw new FlowError("ServiceUnavailable", "no answer");
      return identityCenter.startAssignment(action, instance, assignment);
    };
    identityCenter.behaviour = {
      failureReason: (key) =>
        fateOf(
          PLACES.findIndex(
            ([account, set, group]) =>
              key.startsWith(`${account} ${arnOf(set)} `) && groupOf(key.split(" ")[2] ?? "") === group,
          ),
        ) === "fails"
          ? "AWS could not"
          : null,
    };
    return {
      identityCenter: new Proxy(identityCenter, {
        get(target, name) {
          if (name === "startAssignment") return start;
          const member: unknown = Reflect.get(target, name, target);
          return typeof member === "function" ? (member.bind(target) as unknown) : member;
        },
      }),
    };
  }

  /** Skips assignments that Landbridge has requested without an answer: nobody could tell who created them. */
  async #editByHand(toggled: Day["toggled"]): Promise<void> {
    const records = new Map((await readLedger(this)).map(({ id, value }) => [id, value]));
    for (const [accountId, set, group] of toggled) {
      const principal = this.#store.get(group);
      if (!principal) continue;
      const assignment: InstanceAssignment = {
        accountId,
        permissionSetArn: arnOf(set),
        principalType: "GROUP",
        principalId: principal.principalId,
      };
      const known = records.get(ledgerKey(assignment));
      if (known && !isEarlier(known) && ["claimed", "uncertain"].includes(known.state)) continue;
      const { assignments } = this.identityCenter;
      if (assignments.delete(fakeKey(assignment))) this.book.delete(ledgerKey(assignment));
      else {
        assignments.set(fakeKey(assignment), assignment);
        this.book.set(ledgerKey(assignment), "somebody");
      }
    }
  }

  /** Whatever came since somebody's last edit is Landbridge's. */
  async #keepBook(): Promise<void> {
    const there = new Set((await this.#read()).assignments.map(ledgerKey));
    for (const key of there) if (!this.book.has(key)) this.book.set(key, "Landbridge");
    for (const key of this.book.keys()) if (!there.has(key)) this.book.delete(key);
  }

  async #read(): Promise<InstanceSnapshot> {
    this.identityCenter.keysInProgress();
    const assignments = [...this.identityCenter.assignments.values()];
    return { ...anInstance(), principals: this.#principals(), assignments };
  }

  #principals(): StorePrincipal[] {
    return [...this.#store.values()];
  }

  /** Keys of what the ledger calls Landbridge's own, in whatever state. */
  async own(): Promise<string[]> {
    return (await readLedger(this))
      .filter(isOwn)
      .map(({ id }) => id)
      .toSorted();
  }

  madeByLandbridge(): string[] {
    return [...this.book].flatMap(([key, by]) => (by === "Landbridge" ? [key] : [])).toSorted();
  }
}

function fakeKey({ accountId, permissionSetArn, principalId }: InstanceAssignment): string {
  return `${accountId} ${permissionSetArn} ${principalId}`;
}

function isAt(
  { accountId, permissionSetArn, principalId }: InstanceAssignment,
  ...place: (typeof PLACES)[number]
) {
  const [account, set, group] = place;
  return accountId === account && permissionSetArn === arnOf(set) && groupOf(principalId) === group;
}

/** `store-2-7` is group 2, provisioned again. */
function groupOf(principalId: string): number {
  return Number(principalId.split("-")[1]);
}

describe("whatever Landbridge, AWS and somebody else do on one instance", () => {
  it("nothing that somebody else made is ever deleted, and after a calm run the ledger is what Landbridge made and is there", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(day, { minLength: 1, maxLength: 5 }), places, async (days, desired) => {
        const world = new SharedInstance();
        for (const one of days) await world.live(one);

        await world.clock.sleep(DAY);
        await world.run(desired, () => "ok", null);

        expect(world.crimes).toEqual([]);
        expect(await world.own()).toEqual(world.madeByLandbridge());
        const open = (await readLedger(world)).filter(
          ({ value }) => isEarlier(value) || !["present", "gone"].includes(value.state),
        );
        expect(open).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
