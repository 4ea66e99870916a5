/** Who has to act: the person running Landbridge, the remote service, or Landbridge's developers. */
export type Fault = "user" | "remote" | "bug";

export interface ErrorFacts {
  readonly fault: Fault;
  /** Whether the same call may succeed later. ASL `Retry` lists exactly these errors. */
  readonly retryable: boolean;
  /** What the reader of the error can do about it. */
  readonly remedy: string;
}
