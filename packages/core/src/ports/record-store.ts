/** Kinds of records in the table. A function's role says what it may do with each: `infra/permissions.ts`. */
export type RecordKind =
  | "connection"
  | "task"
  | "ledger"
  | "apply"
  | "lease"
  | "drain-turn"
  | "rotation-lease"
  | "pause"
  | "deletions"
  | "permission-set"
  | "proposal"
  | "policy-version"
  | "run-start"
  | "hold"
  | "decision"
  | "report"
  | "dirty"
  | "subscription";

export interface StoredRecord<T = unknown> {
  readonly id: string;
  readonly value: T;
  /** Grows by one at each write. */
  readonly revision: number;
}

export interface PutOptions {
  /** Write only if the stored revision is this one; 0: only if there is none. @throws {FlowError} ConflictingOperation */
  readonly ifRevision?: number;
  /** Milliseconds since the epoch after which the table may drop the record. */
  readonly expiresAt?: number;
}

export interface RemoveOptions {
  /** Remove only when the stored revision is this one. @throws {FlowError} ConflictingOperation */
  readonly ifRevision?: number;
}

/**
 * Small documents that outlive a run, as JSON: tasks, ledger, connection, checkpoints, leases. Their shapes and versions are
 * defined by `records/define-record.ts`, next to their owners.
 */
export interface RecordStore {
  get(kind: RecordKind, id: string): Promise<StoredRecord | null>;
  list(kind: RecordKind): Promise<StoredRecord[]>;
  put(kind: RecordKind, id: string, value: unknown, options?: PutOptions): Promise<void>;
  /** Does nothing if there is none. */
  remove(kind: RecordKind, id: string, options?: RemoveOptions): Promise<void>;
}
