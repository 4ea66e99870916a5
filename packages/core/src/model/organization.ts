/** AWS Organizations' account states (`Account.State`; `Status` is retired as of 2026-09-09). */
export type AccountState = "PENDING_ACTIVATION" | "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED";

export interface Account {
  /** Twelve digits. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly state: AccountState;
  /** Id of the root or organizational unit that holds it. */
  readonly parentId: string;
  /** Null: not read. Tags of inactive accounts are never read, since nobody is assigned there. */
  readonly tags: Readonly<Record<string, string>> | null;
}

export interface OrganizationalUnit {
  /** `ou-…` */
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
  /** Names from the root down, joined by `/`, without the root: `Workloads/Production`. */
  readonly path: string;
}

/** One complete read of the organization: root, units, accounts. */
export interface Organization {
  /** `r-…` */
  readonly rootId: string;
  readonly managementAccountId: string;
  readonly units: readonly OrganizationalUnit[];
  readonly accounts: readonly Account[];
}
