import type { FlowError } from "../src/errors.ts";
import type { FlowEventCode, FlowEvents } from "../src/events.ts";
import { isOwn, LEDGER, type LedgerEntry, readLedger } from "../src/ledger/ledger-entry.ts";
import { ledgerKey } from "../src/ledger/ledger-key.ts";
import type { AssignmentChange } from "../src/plan/plan.ts";
import { aPlan, anInstance, arnOf, stored, toAssignment } from "./sample-plan.ts";
import type { Ports } from "../src/ports/ports.ts";
import { type ApplyAssignmentsInput, applyAssignments } from "../src/apply/apply-assignments.ts";
import { FakeIdentityCenter } from "./fake-identity-center.ts";
import { CheckedRecords } from "./checked-records.ts";
import type { ApplyOutcome } from "../src/apply/outcome.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** A change of group `number` in account `account` (a number too). */
export function aChange(action: "create" | "delete", account: number, number: number): AssignmentChange {
  const accountId = String(account).padStart(12, "0");
  const { externalId, principalId, name } = stored(number);
  return {
    action,
    accountId,
    accountName: `Account ${account}`,
    permissionSet: "ReadOnly",
    principal: { type: "GROUP", directoryId: externalId, principalId, name },
    reason: { rule: null, where: null, text: "test" },
  };
}

/** An entry of an existing assignment that was created long ago. */
export function anEntry(
  { accountName, permissionSet, principal }: AssignmentChange,
  more: Partial<LedgerEntry> = {},
): LedgerEntry {
  const then = "2026-01-01T00:00:00.000Z";
  const { directoryId, name: principalName } = principal;
  const entry = { directoryId, accountName, permissionSet, principalName, planId: "plan-0" };
  return { state: "present", since: then, claimedAt: then, ...entry, ...more };
}

interface Emitted {
  readonly code: FlowEventCode;
  readonly payload: FlowEvents[FlowEventCode];
}

/** A plan about to be applied: what it deletes is there and in the ledger, what it creates is not. */
export class ApplyHarness {
  readonly clock = new VirtualClock();
  readonly emitted: Emitted[] = [];
  readonly identityCenter: FakeIdentityCenter;
  /** Checks every checkpoint against the instance. */
  readonly records: CheckedRecords;
  readonly changes: readonly AssignmentChange[];
  /** Why nothing more may be written; null: it may. */
  refusal: FlowError | null = null;

  private constructor(changes: readonly AssignmentChange[]) {
    const there = changes.filter(({ action }) => action === "delete").map(toAssignment);
    this.changes = changes;
    this.identityCenter = new FakeIdentityCenter(this.clock, there);
    this.records = new CheckedRecords(changes, this.identityCenter);
  }

  static async of(changes: readonly AssignmentChange[]): Promise<ApplyHarness> {
    const harness = new ApplyHarness(changes);
    for (const change of changes) {
      if (change.action === "delete")
        await harness.records.put("ledger", ledgerKey(toAssignment(change)), anEntry(change));
    }
    return harness;
  }

  get ports(): Pick<Ports, "identityCenter" | "records" | "clock" | "events"> {
    const { identityCenter, records, clock } = this;
    return {
      identityCenter,
      records,
      clock,
      events: { emit: (code, payload) => this.emitted.push({ code, payload }) },
    };
  }

  apply(more: Partial<ApplyAssignmentsInput> = {}, ports = this.ports): Promise<ApplyOutcome> {
    const { instance } = anInstance();
    return applyAssignments(
      {
        planId: "plan-1",
        proof: { plan: aPlan(this.changes), check: () => this.#check() },
        instance,
        permissionSetArns: { ReadOnly: arnOf("ReadOnly") },
        principals: [],
        deadline: Number.POSITIVE_INFINITY,
        ...more,
      },
      ports,
    );
  }

  #check(): Promise<void> {
    return this.refusal === null ? Promise.resolve() : Promise.reject(this.refusal);
  }

  /** Keys of what Landbridge calls its own. */
  async ledger(): Promise<string[]> {
    return (await readLedger(this))
      .filter(isOwn)
      .map(({ id }) => id)
      .toSorted();
  }

  /** The ledger's state for a change; null: none. */
  async stateOf(change: AssignmentChange): Promise<LedgerEntry["state"] | null> {
    const stored = await LEDGER.get(this.records, ledgerKey(toAssignment(change)));
    return stored && "state" in stored.value ? stored.value.state : null;
  }

  /** The keys that the ledger should have after the plan. */
  keysOfCreates(): string[] {
    return this.changes
      .filter(({ action }) => action === "create")
      .map((change) => ledgerKey(toAssignment(change)))
      .toSorted();
  }
}

/** `count` creates spread over `accounts` accounts. */
export function creates(count: number, accounts: number): AssignmentChange[] {
  return Array.from({ length: count }, (_, index) => aChange("create", (index % accounts) + 1, index + 1));
}
