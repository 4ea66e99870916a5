export type AccountState = "PENDING_ACTIVATION" | "ACTIVE" | "SUSPENDED" | "PENDING_CLOSURE" | "CLOSED";

export interface SandboxAccount {
  /** Twelve digits. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  state: AccountState;
  /** Id of the root or organizational unit that holds it. */
  parentId: string;
  tags: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly joinedAt: number;
}

export interface SandboxUnit {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

/** The AWS organization. Tests may change an account's state, parent or tags while it runs. */
export interface OrganizationState {
  /** `o-…` */
  readonly id: string;
  /** `r-…` */
  readonly rootId: string;
  readonly managementAccountId: string;
  /** Member account that is registered for `sso.amazonaws.com`; null if there is none. */
  delegatedAdministratorId: string | null;
  /** When it was registered: milliseconds since the epoch. */
  delegationEnabledAt: number;
  readonly units: Map<string, SandboxUnit>;
  readonly accounts: Map<string, SandboxAccount>;
}

/** `o-…/r-…/ou-…/`, the form of `OrganizationalUnit.Path`; an account's path ends with its id. */
export function organizationPath(state: OrganizationState, id: string): string {
  if (id === state.rootId) return `${state.id}/${id}/`;
  const parentId = state.units.get(id)?.parentId ?? state.accounts.get(id)?.parentId;
  if (parentId === undefined) throw new Error(`The organization has no root, unit or account ${id}.`);
  return `${organizationPath(state, parentId)}${id}/`;
}
