import type { DirectorySnapshot } from "../model/directory.ts";
import type { Organization } from "../model/organization.ts";

/** The state that a policy is bound to. */
export interface PolicyWorld {
  readonly organization: Organization;
  readonly directory: DirectorySnapshot;
  /** ISO time: what has expired by then grants nothing. */
  readonly now: string;
}
