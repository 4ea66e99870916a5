import type { HistoryEvent, HistoryEventDetails, HistoryEventType } from "./history-event.ts";
import { StateError } from "./state-error.ts";

/** AWS ends an execution whose history is full; the failure is the last event. [Step Functions: Service quotas] */
export const MAX_HISTORY_EVENTS = 25_000;

interface Open {
  readonly type: HistoryEventType;
  readonly details: HistoryEventDetails;
}

/**
 * One line of events: the execution's own, or that of a branch or an iteration. Each event of a line follows the one before.
 * AWS does not document `previousEventId` beyond its name; the order is what others have read from real executions.
 */
export class HistoryBranch {
  readonly #events: HistoryEvent[];
  readonly #isoNow: () => string;
  readonly #signal: AbortSignal;
  readonly #open: Open[] = [];
  readonly #children = new Set<HistoryBranch>();
  #last = 0;

  /**
   * @param isoNow the time, ISO 8601
   * @param signal aborts when what happens on this line is stopped
   */
  constructor(events: HistoryEvent[], isoNow: () => string, signal: AbortSignal) {
    this.#events = events;
    this.#isoNow = isoNow;
    this.#signal = signal;
  }

  /** The event that the next one of this line will name as its previous. */
  get last(): number {
    return this.#last;
  }

  /**
   * Records a step. A stopped line takes no more steps: the attempt throws, and ends there.
   * @returns the event's id
   * @throws the signal's reason when the line was stopped
   * @throws {StateError} States.Runtime when the history is full
   */
  add(type: HistoryEventType, details: HistoryEventDetails = {}): number {
    this.#last = this.note(type, details);
    return this.#last;
  }

  /** Records an event outside the sequence: the next step still names the event before this one. @throws as `add` */
  note(type: HistoryEventType, details: HistoryEventDetails = {}): number {
    this.#signal.throwIfAborted();
    if (this.#events.length >= MAX_HISTORY_EVENTS - 1) {
      const cause = `The execution reached the maximum number of history events (${MAX_HISTORY_EVENTS}).`;
      throw new StateError("States.Runtime", cause);
    }
    return this.#push(type, this.#last, details);
  }

  /** Records an end or a new start of the execution, for which there is always space. */
  addEnd(type: HistoryEventType, details: HistoryEventDetails, previousEventId = this.#last): void {
    this.#last = this.#push(type, previousEventId, details);
    // AWS gives the first state no previous event either.
    if (type === "ExecutionStarted") this.#last = 0;
  }

  /** Something begins that records this event if it is cut short. @returns ends it */
  open(type: HistoryEventType, details: HistoryEventDetails = {}): () => void {
    const opened = { type, details };
    this.#open.push(opened);
    return () => {
      const index = this.#open.indexOf(opened);
      if (index >= 0) this.#open.splice(index, 1);
    };
  }

  /** Records the end of everything open on the lines that started here, caused by an event outside them. */
  cutChildren(previousEventId: number): void {
    for (const child of this.#children) child.#cut(previousEventId);
    this.#children.clear();
  }

  /** A separate line that starts here. */
  fork(signal: AbortSignal): HistoryBranch {
    const branch = new HistoryBranch(this.#events, this.#isoNow, signal);
    branch.#last = this.#last;
    this.#children.add(branch);
    return branch;
  }

  /** A line that started here has ended: continues from its last event. */
  join(child: HistoryBranch): void {
    this.#children.delete(child);
    this.#last = child.#last;
  }

  /** Continues from an earlier event of this line. */
  backTo(eventId: number): void {
    this.#last = eventId;
  }

  #cut(previousEventId: number): void {
    for (const { type, details } of this.#open) {
      if (this.#events.length < MAX_HISTORY_EVENTS - 1) this.#push(type, previousEventId, details);
    }
    this.cutChildren(previousEventId);
  }

  #push(type: HistoryEventType, previousEventId: number, details: HistoryEventDetails): number {
    const id = this.#events.length + 1;
    this.#events.push({ id, previousEventId, timestamp: this.#isoNow(), type, ...details });
    return id;
  }
}
