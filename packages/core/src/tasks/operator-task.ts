import type { TaskSubject } from "./task-kinds.ts";

/** A step that only a person can do, because AWS has no API for it, or must do, because it is an approval. */
export interface OperatorTask {
  /** Opaque; what people see. */
  readonly id: string;
  readonly subject: TaskSubject;
  readonly title: string;
  /** ARN of the run that waits. */
  readonly executionArn: string;
  /** ISO times. */
  readonly openedAt: string;
  readonly deadline: string;
  /**
   * `expired`: nobody answered in time; `withdrawn`: the flow ended otherwise, or asked again; `superseded`: another run asks
   * about a newer plan.
   */
  readonly status: "open" | "answered" | "declined" | "expired" | "withdrawn" | "superseded";
  /** How many reminders were sent. */
  readonly reminders: number;
  /** Who answered or declined, and when (ISO time). */
  readonly answeredBy?: string;
  readonly answeredAt?: string;
  /** Why it was declined. */
  readonly reason?: string;
}

/** What a waiting state knows about itself. */
export interface WaitingState {
  /** Completes the state: it never leaves the backend. */
  readonly taskToken: string;
  readonly executionArn: string;
}

/** What a person decided, with who and when (ISO time). */
export interface Decision {
  readonly status: "answered" | "declined";
  readonly answeredBy: string;
  readonly answeredAt: string;
  /** Why the task was declined. */
  readonly reason?: string;
}

/** A task as stored. Once closed it has neither token, decision nor claim. */
export interface StoredTask extends OperatorTask {
  readonly sealedToken?: string;
  /** Stored before it is passed on. Only the run can tell whether it has arrived. */
  readonly decision?: Decision;
  /** Somebody's answer is being passed on; milliseconds since the epoch after which it has failed to be. */
  readonly claimedUntil?: number;
}
