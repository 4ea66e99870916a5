import type { InstanceAssignment } from "../model/instance.ts";
import type { AssignmentChange } from "../plan/plan.ts";
import type { PassingErrorName } from "./patience.ts";

/** A change of the plan on its way. */
export interface WorkItem {
  /** Index in the plan. */
  readonly index: number;
  readonly change: AssignmentChange;
  /** The assignment on the instance. */
  readonly assignment: InstanceAssignment;
  /** Whether it may already be done: then the instance is asked before the operation starts. */
  readonly mustCheck: boolean;
  /** Whether one of its starts got no answer: AWS may have started it anyway. */
  readonly isUnanswered: boolean;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  /** The kind of refusal that is being waited out, or the first quota refusal: since when, and how many times. */
  readonly refusal: {
    readonly name: PassingErrorName | "QuotaExceeded";
    readonly since: number;
    readonly times: number;
  } | null;
}

interface Lane {
  readonly accountId: string;
  readonly items: WorkItem[];
  pausedUntil: number;
}

/** Work by account. AWS updates one role per account at a time, so the queue rotates through the accounts. */
export class WorkQueue {
  readonly #lanes = new Map<string, Lane>();
  /** Accounts in their order in the queue. */
  #turns: Lane[] = [];
  #pausedUntil = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: WorkItem): void {
    const { accountId } = item.change;
    let lane = this.#lanes.get(accountId);
    if (!lane) {
      lane = { accountId, items: [], pausedUntil: 0 };
      this.#lanes.set(accountId, lane);
      this.#turns.push(lane);
    }
    lane.items.push(item);
    this.#size++;
  }

  /** Everything waits. */
  pause(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, until);
  }

  pauseAccount(accountId: string, until: number): void {
    const lane = this.#lanes.get(accountId);
    if (lane) lane.pausedUntil = Math.max(lane.pausedUntil, until);
  }

  /** Up to `limit` items that may start now, of different accounts, none of a busy one. */
  take(limit: number, now: number, busyAccounts: ReadonlySet<string>): WorkItem[] {
    if (this.#pausedUntil > now) return [];
    const taken: WorkItem[] = [];
    const served = new Set<Lane>();
    for (const lane of this.#turns) {
      if (taken.length >= limit) break;
      if (lane.pausedUntil > now || busyAccounts.has(lane.accountId)) continue;
      const position = lane.items.findIndex(({ notBefore }) => notBefore <= now);
      if (position < 0) continue;
      taken.push(...lane.items.splice(position, 1));
      served.add(lane);
    }
    this.#size -= taken.length;
    if (served.size > 0) this.#turns = [...this.#turns.filter((lane) => !served.has(lane)), ...served];
    return taken;
  }
}
