import type { TaskSubject } from "./task-kinds.ts";

/** A step that only a person can do, because AWS has no API for it, or must do, because it is an approval. */
export interface OperatorTask {
  /** Opaque; what people see. */
  readonly id: string;
  readonly subject: TaskSubject;
  readonly title: string;
  /** Of the run that waits. */
  readonly executionArn: string;
  /** ISO times. */
  readonly openedAt: string;
  readonly deadline: string;
  /**
   * `expired`: nobody answered in time; `withdrawn`: the flow ended otherwise, or asked again; `superseded`: another run asks
   * about a newer plan.
   */
  readonly status: "open" | "answered" | "declined" | "expired" | "withdrawn" | "superseded";
  /** How many reminders went out. */
  readonly reminders: number;
  /** Who answered or declined, and when (ISO time). */
  readonly answeredBy?: string;
  readonly answeredAt?: string;
  /** Why it was declined. */
  readonly reason?: string;
}

/** What a state that waits knows of itself. */
export interface WaitingState {
  /** Completes the state: it never leaves the backend. */
  readonly taskToken: string;
  readonly executionArn: string;
}

/** What a person decided, by whom and when (ISO time). */
export interface Decision {
  readonly status: "answered" | "declined";
  readonly answeredBy: string;
  readonly answeredAt: string;
  /** Of a decline. */
  readonly reason?: string;
}

/** A task as it is stored. Once closed it has neither token, decision nor claim. */
export interface StoredTask extends OperatorTask {
  readonly sealedToken?: string;
  /** Stored before it is passed on. Whether it has arrived, only the run can tell. */
  readonly decision?: Decision;
  /** Somebody's answer is being passed on; milliseconds since the epoch after which it has failed to be. */
  readonly claimedUntil?: number;
}
