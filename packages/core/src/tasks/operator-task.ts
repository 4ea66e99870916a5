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
  readonly status: "open" | "answered" | "declined" | "expired";
}

/** What a state that waits knows of itself. */
export interface WaitingState {
  /** Completes the state: it never leaves the backend. */
  readonly taskToken: string;
  readonly executionArn: string;
}

/** A task as it is stored. */
export interface StoredTask extends OperatorTask {
  readonly taskToken: string;
}
