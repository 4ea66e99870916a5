import * as z from "zod";
import { FlowError } from "../errors.ts";
import type { AssignmentChange, Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { ApplyCounts, ApplyOutcome } from "./outcome.ts";
import { defineRecord } from "../records/define-record.ts";

/** One letter a change, in the order of the plan: ten thousand changes stay far below DynamoDB's 400 KB an item. */
const LETTERS = {
  open: ".",
  created: "c",
  deleted: "d",
  skipped: "s",
  failed: "f",
} as const satisfies Record<keyof ApplyCounts, string>;
const SAVE_EVERY_MILLISECONDS = 5_000;
const KEPT_FOR_MILLISECONDS = 30 * 24 * 3_600_000;
/** A reason may name an account or request and so be unique; these many keep the record small. */
const MAX_REASONS = 500;
const MAX_REASON_LENGTH = 300;
const REASON_NOT_KEPT = `failed; the reasons of the first ${MAX_REASONS} kinds are kept`;

interface StoredProgress {
  readonly letters: string;
  /** Indexes of failed changes by reason. */
  readonly failures: Readonly<Record<string, readonly number[]>>;
  /** Whether no operation was running when it was written: open changes were not started. */
  readonly isClosed: boolean;
}

export const APPLIED = defineRecord<StoredProgress>({
  kind: "apply",
  version: 1,
  schema: z.object({
    letters: z.string().regex(/^[.cdsf]*$/),
    failures: z.record(z.string(), z.array(z.int()).readonly()),
    isClosed: z.boolean(),
  }),
});

type Settlement = Exclude<keyof ApplyCounts, "open">;
type Needs = Pick<Ports, "records" | "clock">;

/** The progress of applying a plan; it outlives the invocation as record `apply/<plan id>`. */
export class Checkpoint {
  /** Whether an earlier invocation has started: then the instance may be ahead of this record. */
  readonly isResumed: boolean;
  #isClosed: boolean;
  readonly #planId: string;
  readonly #changes: readonly AssignmentChange[];
  readonly #letters: string[];
  readonly #counts: Record<keyof ApplyCounts, number>;
  readonly #reasons: Map<number, string>;
  readonly #reasonKinds: Set<string>;
  readonly #ports: Needs;
  #revision: number;
  #savedAt: number;

  private constructor(
    planId: string,
    { changes, ports }: { changes: readonly AssignmentChange[]; ports: Needs },
    stored: { value: StoredProgress; revision: number } | null,
  ) {
    const letters = stored?.value.letters ?? LETTERS.open.repeat(changes.length);
    if (letters.length !== changes.length) {
      throw new FlowError(
        "InvalidStepInput",
        `The number of changes in plan ${planId} differs from when the run began to apply it`,
      );
    }
    this.isResumed = stored !== null;
    this.#isClosed = stored?.value.isClosed ?? false;
    this.#planId = planId;
    this.#changes = changes;
    this.#letters = Array.from(letters);
    this.#counts = {
      open: this.#countOf("open"),
      created: this.#countOf("created"),
      deleted: this.#countOf("deleted"),
      skipped: this.#countOf("skipped"),
      failed: this.#countOf("failed"),
    };
    this.#reasons = new Map(
      Object.entries(stored?.value.failures ?? {}).flatMap(([reason, indexes]) =>
        indexes.map((index): [number, string] => [index, reason]),
      ),
    );
    this.#reasonKinds = new Set(this.#reasons.values());
    this.#ports = ports;
    this.#revision = stored?.revision ?? 0;
    this.#savedAt = ports.clock.now();
  }

  /**
   * Reads or begins the record; it exists before the first operation starts.
   * @throws {FlowError} InvalidStepInput when the plan is not the one that was begun
   */
  static async open(planId: string, plan: Plan, ports: Needs): Promise<Checkpoint> {
    const stored = await APPLIED.get(ports.records, planId);
    const checkpoint = new Checkpoint(planId, { changes: plan.assignments, ports }, stored);
    if (!stored) await checkpoint.save();
    return checkpoint;
  }

  /** Reads the progress for a caller that does not continue it. Null if the plan was never applied. */
  static async read(
    planId: string,
    plan: Pick<Plan, "assignments">,
    ports: Needs,
  ): Promise<Checkpoint | null> {
    const stored = await APPLIED.get(ports.records, planId);
    return stored && new Checkpoint(planId, { changes: plan.assignments, ports }, stored);
  }

  /** Whether no operation was running when it was last written: open changes were not started. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Changes that ended so, or are open. */
  changesThatAre(...kinds: (keyof ApplyCounts)[]): AssignmentChange[] {
    const letters = new Set<string>(kinds.map((kind) => LETTERS[kind]));
    return this.#changes.filter((_, index) => letters.has(this.#letters[index] ?? ""));
  }

  openIndexes(): number[] {
    return this.#letters.flatMap((letter, index) => (letter === LETTERS.open ? [index] : []));
  }

  get counts(): ApplyCounts {
    return { ...this.#counts };
  }

  settle(index: number, settlement: Exclude<Settlement, "failed">): void {
    this.#mark(index, settlement);
  }

  fail(index: number, reason: string): void {
    const short = reason.slice(0, MAX_REASON_LENGTH);
    const kinds = this.#reasonKinds;
    const kept = kinds.has(short) || kinds.size < MAX_REASONS ? short : REASON_NOT_KEPT;
    kinds.add(kept);
    this.#reasons.set(index, kept);
    this.#mark(index, "failed");
  }

  /** @throws {FlowError} ConflictingOperation when another worker applies the same plan */
  async save(): Promise<void> {
    await this.#write(false);
  }

  /** Saves the final state, or the state for the next invocation: nothing is running. @throws as {@link save} */
  async close(): Promise<void> {
    await this.#write(true);
  }

  async #write(isClosed: boolean): Promise<void> {
    const failures = Object.fromEntries(
      [...Map.groupBy(this.#reasons, ([, reason]) => reason)].map(([reason, entries]) => [
        reason,
        entries.map(([index]) => index),
      ]),
    );
    const value: StoredProgress = { letters: this.#letters.join(""), failures, isClosed };
    const now = this.#ports.clock.now();
    await APPLIED.put(this.#ports.records, this.#planId, value, {
      ifRevision: this.#revision,
      expiresAt: now + KEPT_FOR_MILLISECONDS,
    });
    this.#revision++;
    this.#savedAt = now;
    this.#isClosed = isClosed;
  }

  async saveIfDue(): Promise<void> {
    if (this.#ports.clock.now() - this.#savedAt >= SAVE_EVERY_MILLISECONDS) await this.save();
  }

  outcome(): ApplyOutcome {
    const { created, deleted, skipped, open } = this.#counts;
    return {
      created,
      deleted,
      skipped,
      failed: [...this.#reasons]
        .toSorted(([a], [b]) => a - b)
        .flatMap(([index, reason]) => {
          const change = this.#changes[index];
          return change ? [{ change, reason }] : [];
        }),
      remaining: open,
    };
  }

  #mark(index: number, settlement: Settlement): void {
    this.#letters[index] = LETTERS[settlement];
    this.#counts.open--;
    this.#counts[settlement]++;
  }

  #countOf(kind: keyof ApplyCounts): number {
    return this.#letters.filter((letter) => letter === LETTERS[kind]).length;
  }
}
