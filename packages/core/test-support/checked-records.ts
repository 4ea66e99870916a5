import type { AssignmentChange } from "../src/plan/plan.ts";
import { toAssignment } from "./sample-plan.ts";
import type { PutOptions, RecordKind } from "../src/ports/record-store.ts";
import { type FakeIdentityCenter, keyOf } from "./fake-identity-center.ts";
import { MemoryRecords } from "./memory-records.ts";

/**
 * A record store that compares each checkpoint with the instance when it is written: every change of the plan is
 * applied, failed or open, none is reported as applied that is not, and no running one as done.
 */
export class CheckedRecords extends MemoryRecords {
  /** How many checkpoints were checked. */
  checkpoints = 0;
  readonly #changes: readonly AssignmentChange[];
  readonly #identityCenter: FakeIdentityCenter;

  constructor(changes: readonly AssignmentChange[], identityCenter: FakeIdentityCenter) {
    super();
    this.#changes = changes;
    this.#identityCenter = identityCenter;
  }

  override async put(kind: RecordKind, id: string, value: unknown, options: PutOptions = {}): Promise<void> {
    if (kind === "apply") this.#check(value as { letters: string; failures: Record<string, number[]> });
    return super.put(kind, id, value, options);
  }

  #check({ letters, failures }: { letters: string; failures: Record<string, number[]> }): void {
    const { violations, assignments } = this.#identityCenter;
    this.checkpoints += 1;
    const underWay = this.#identityCenter.keysInProgress();
    const failed = new Set(Object.values(failures).flat());
    if (letters.length !== this.#changes.length) violations.push(`a checkpoint of ${letters.length} changes`);
    for (const [index, change] of this.#changes.entries()) {
      const { action } = change;
      const key = keyOf(toAssignment(change));
      const letter = letters[index] ?? "";
      if (!".cdsf".includes(letter)) violations.push(`a change is ${letter} in a checkpoint`);
      if ((letter === "f") !== failed.has(index)) violations.push(`${key} failed without a reason`);
      if (letter !== "." && underWay.has(key)) violations.push(`${key} is settled while it is in progress`);
      const isApplied = letter !== "." && letter !== "f";
      if (isApplied && assignments.has(key) !== (action === "create"))
        violations.push(`${key} is called applied and is not`);
    }
  }
}
