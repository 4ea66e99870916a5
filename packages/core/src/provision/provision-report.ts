import type { PrincipalType } from "../model/instance.ts";

/** Somebody who did not arrive, and why. */
export interface LeftBehind {
  readonly name: string;
  readonly reason: string;
}

/** The result of provisioning a principal on demand. */
export interface ProvisionReport {
  readonly type: PrincipalType;
  /** Entra object id. */
  readonly directoryId: string;
  readonly name: string;
  /**
   * `arrived`: in the identity store. `out-of-scope`: Entra was not asked, or would not do it. `refused`: tried, and AWS or
   * Entra refused. `awaited`: accepted, but not seen in the identity store in time.
   */
  readonly result: "arrived" | "out-of-scope" | "refused" | "awaited";
  /** Why it has not arrived, and what to do; null when it has. */
  readonly reason: string | null;
  readonly remedy: string | null;
  /** For a group: its direct members who are users. */
  readonly members: {
    readonly total: number;
    readonly arrived: number;
    readonly leftBehind: readonly LeftBehind[];
  } | null;
  readonly notes: readonly string[];
}
