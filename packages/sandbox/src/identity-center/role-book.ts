import type { Assignment, PrincipalType } from "./async-operations.ts";

interface ProvisionedRole {
  /** Revision of the permission set that the role was created from. */
  revision: number;
  readonly assignments: Map<string, Assignment>;
}

/**
 * Which permission set is a role in which account, and who has it. A permission set is provisioned in an account as long as
 * somebody is assigned to it there.
 */
export class RoleBook {
  readonly #accounts = new Map<string, Map<string, ProvisionedRole>>();

  /** Assigning again changes nothing; the role is created from `revision` only if the account has none yet. */
  assign(assignment: Assignment, revision: number): void {
    const roles = this.#accounts.get(assignment.accountId) ?? new Map<string, ProvisionedRole>();
    this.#accounts.set(assignment.accountId, roles);
    const role = roles.get(assignment.permissionSetArn) ?? { revision, assignments: new Map() };
    roles.set(assignment.permissionSetArn, role);
    role.assignments.set(principalKey(assignment), assignment);
  }

  unassign(assignment: Assignment): void {
    const roles = this.#accounts.get(assignment.accountId);
    const role = roles?.get(assignment.permissionSetArn);
    role?.assignments.delete(principalKey(assignment));
    if (role?.assignments.size === 0) roles?.delete(assignment.permissionSetArn);
  }

  /** Revision that the role in the account was created from; undefined if there is no such role. */
  revision(accountId: string, permissionSetArn: string): number | undefined {
    return this.#accounts.get(accountId)?.get(permissionSetArn)?.revision;
  }

  reprovision(accountId: string, permissionSetArn: string, revision: number): void {
    const role = this.#accounts.get(accountId)?.get(permissionSetArn);
    if (role !== undefined) role.revision = Math.max(role.revision, revision);
  }

  permissionSetsIn(accountId: string): string[] {
    return [...(this.#accounts.get(accountId)?.keys() ?? [])];
  }

  accountsWith(permissionSetArn: string): string[] {
    return [...this.#accounts]
      .filter(([, roles]) => roles.has(permissionSetArn))
      .map(([accountId]) => accountId);
  }

  assignmentsOf(accountId: string, permissionSetArn: string): Assignment[] {
    return [...(this.#accounts.get(accountId)?.get(permissionSetArn)?.assignments.values() ?? [])];
  }

  assignments(): Assignment[] {
    const roles = [...this.#accounts.values()].flatMap((account) => [...account.values()]);
    return roles.flatMap((role) => [...role.assignments.values()]);
  }
}

function principalKey({
  principalType,
  principalId,
}: {
  principalType: PrincipalType;
  principalId: string;
}): string {
  return `${principalType}/${principalId}`;
}
