import { FlowError } from "../errors.ts";
import type { PrincipalType, ScopedSnapshot, StorePrincipal } from "./instance.ts";
import type { PlanPrincipal } from "./plan-principal.ts";

/** An assignment of the instance in the words of the policy: permission set by name, principal by object id. */
export interface ActualAssignment {
  readonly accountId: string;
  readonly permissionSet: string;
  readonly permissionSetArn: string;
  readonly principal: ActualPrincipal;
}

export interface ActualPrincipal extends PlanPrincipal {
  readonly principalId: string;
  /** Whether the identity store no longer has it: AWS keeps the assignments of a deleted group or user. */
  readonly isGone: boolean;
}

/** Principals of the identity store by Entra object id. A name never makes two principals the same. */
export class StorePrincipals {
  readonly #byExternalId: ReadonlyMap<string, StorePrincipal>;

  constructor(principals: readonly StorePrincipal[]) {
    this.#byExternalId = new Map(
      principals.flatMap((principal): [string, StorePrincipal][] =>
        principal.externalId === null ? [] : [[`${principal.type}/${principal.externalId}`, principal]],
      ),
    );
  }

  principalIdOf(type: PrincipalType, directoryId: string): string | null {
    return this.#byExternalId.get(`${type}/${directoryId}`)?.principalId ?? null;
  }
}

/** @throws {FlowError} IncompleteRead when an assignment has a permission set that was not read */
export function actualAssignments(
  snapshot: Pick<ScopedSnapshot, "permissionSets" | "principals" | "assignments">,
): ActualAssignment[] {
  const names = new Map(snapshot.permissionSets.map(({ arn, name }) => [arn, name]));
  // One object a principal, however many assignments it has.
  const principals = { GROUP: new Map<string, ActualPrincipal>(), USER: new Map<string, ActualPrincipal>() };
  for (const { type, principalId, externalId, name } of snapshot.principals)
    principals[type].set(principalId, { type, directoryId: externalId, principalId, name, isGone: false });
  return snapshot.assignments.map(({ accountId, permissionSetArn, principalType, principalId }) => {
    const permissionSet = names.get(permissionSetArn);
    if (permissionSet === undefined) {
      throw new FlowError(
        "IncompleteRead",
        `Account ${accountId} has ${permissionSetArn}, which was not read`,
      );
    }
    let principal = principals[principalType].get(principalId);
    if (!principal) {
      principal = { type: principalType, directoryId: null, principalId, name: principalId, isGone: true };
      principals[principalType].set(principalId, principal);
    }
    return { accountId, permissionSet, permissionSetArn, principal };
  });
}
