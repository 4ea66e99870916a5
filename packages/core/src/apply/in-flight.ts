import type { Instance } from "../model/instance.ts";
import type { AssignmentAction } from "../ports/identity-center.ts";
import type { Ports } from "../ports/ports.ts";
import { readPatiently } from "./patience.ts";
import type { WorkItem } from "./queue.ts";

/**
 * Quota of IAM Identity Center that nobody can raise: outstanding asynchronous assignment calls. It is documented for
 * CreateAccountAssignment; we assume that deletions share it.
 */
const MAX_OUTSTANDING = 15;
/** A listing may not show yet what started this short a time ago. */
export const LISTED_AFTER_MILLISECONDS = 1_000;
/** Verdicts can wait, slots cannot: one listing of failures covers many finished operations. */
const VERDICTS_EVERY_MILLISECONDS = 5_000;
/** Limits of {@link InFlight.pollAfterMilliseconds}. */
const POLL_MILLISECONDS = { min: 250, max: 1_000 } as const;
const ACTIONS: readonly AssignmentAction[] = ["delete", "create"];

interface Operation {
  readonly requestId: string;
  readonly item: WorkItem;
  readonly startedAt: number;
  seen: boolean;
}

export interface Verdict {
  readonly item: WorkItem;
  /** Null when it succeeded. */
  readonly failureReason: string | null;
}

type Needs = Pick<Ports, "identityCenter" | "clock">;

/** Operations that AWS is working on, ours and others'. Polled by listing: one call for all of them. */
export class InFlight {
  readonly #instance: Instance;
  readonly #ports: Needs;
  #running: Operation[] = [];
  #finished: Operation[] = [];
  #others: Record<AssignmentAction, number> = { create: 0, delete: 0 };
  #verdictsAt = 0;
  #usualMilliseconds = 3_000;

  constructor(instance: Instance, ports: Needs) {
    this.#instance = instance;
    this.#ports = ports;
  }

  /** Our operations whose outcome is not known yet. */
  get size(): number {
    return this.#running.length + this.#finished.length;
  }

  get freeSlots(): number {
    return Math.max(0, MAX_OUTSTANDING - this.#running.length - this.#others.create - this.#others.delete);
  }

  /**
   * A sixth of what an operation usually takes. With fifteen at once that is one and a half calls an assignment and a
   * tenth above the shortest time that the quota allows, for operations of three seconds.
   */
  get pollAfterMilliseconds(): number {
    const { min, max } = POLL_MILLISECONDS;
    return Math.min(max, Math.max(min, this.#usualMilliseconds / 6));
  }

  get busyAccounts(): ReadonlySet<string> {
    return new Set(this.#running.map(({ item }) => item.change.accountId));
  }

  add(requestId: string, item: WorkItem): void {
    this.#running.push({ requestId, item, startedAt: this.#ports.clock.now(), seen: false });
  }

  /** Counts other callers' running operations. @returns their request ids */
  async look(): Promise<string[]> {
    const ours = new Set(this.#running.map(({ requestId }) => requestId));
    const ids: string[] = [];
    for (const action of ACTIONS) {
      const others = (await this.#list(action, "IN_PROGRESS")).filter((id) => !ours.has(id));
      this.#others[action] = others.length;
      ids.push(...others);
    }
    return ids;
  }

  /** Whether AWS has as many running operations as it allows. Counts again, since others start some too. */
  async isFull(): Promise<boolean> {
    const listed = await Promise.all(ACTIONS.map((action) => this.#list(action, "IN_PROGRESS")));
    return listed.flat().length >= MAX_OUTSTANDING;
  }

  /** Frees the slots of finished operations and returns those whose outcome is known. */
  async poll(): Promise<Verdict[]> {
    for (const action of ACTIONS) {
      const ours = this.#running.filter(({ item }) => item.change.action === action);
      if (ours.length > 0 || this.#others[action] > 0) await this.#updateRunning(action, ours);
    }
    const due = this.#running.length === 0 || this.#ports.clock.now() >= this.#verdictsAt;
    return this.#finished.length > 0 && due ? this.#judge() : [];
  }

  async #updateRunning(action: AssignmentAction, ours: readonly Operation[]): Promise<void> {
    const askedAt = this.#ports.clock.now();
    const inProgress = new Set(await this.#list(action, "IN_PROGRESS"));
    const finished = new Set<Operation>();
    for (const operation of ours) {
      if (inProgress.delete(operation.requestId)) operation.seen = true;
      else if (operation.seen || askedAt - operation.startedAt >= LISTED_AFTER_MILLISECONDS)
        finished.add(operation);
    }
    this.#running = this.#running.filter((operation) => !finished.has(operation));
    for (const operation of finished) {
      this.#finished.push(operation);
      this.#usualMilliseconds += (askedAt - operation.startedAt - this.#usualMilliseconds) / 20;
    }
    this.#others[action] = inProgress.size;
  }

  /** An operation that has left the list of those in progress and is not listed as failed has succeeded. */
  async #judge(): Promise<Verdict[]> {
    const finished = this.#finished;
    const verdicts: Verdict[] = [];
    for (const action of ACTIONS) {
      const ofAction = finished.filter(({ item }) => item.change.action === action);
      if (ofAction.length === 0) continue;
      const failed = new Set(await this.#list(action, "FAILED"));
      for (const { requestId, item } of ofAction) {
        const failureReason = failed.has(requestId) ? await this.#reason(action, requestId) : null;
        verdicts.push({ item, failureReason });
      }
    }
    this.#finished = [];
    this.#verdictsAt = this.#ports.clock.now() + VERDICTS_EVERY_MILLISECONDS;
    return verdicts;
  }

  async #reason(action: AssignmentAction, requestId: string): Promise<string> {
    const { identityCenter, clock } = this.#ports;
    const operation = await readPatiently(clock, () =>
      identityCenter.describeAssignmentOperation(action, this.#instance, requestId),
    );
    return operation.failureReason ?? "AWS gives no reason";
  }

  #list(action: AssignmentAction, status: "IN_PROGRESS" | "FAILED"): Promise<string[]> {
    const { identityCenter, clock } = this.#ports;
    return readPatiently(clock, () =>
      identityCenter.listAssignmentOperations(action, this.#instance, status),
    );
  }
}
