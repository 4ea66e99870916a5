import type { InstanceAssignment } from "../model/instance.ts";
import type { StorePrincipals } from "../model/actual-assignments.ts";
import type { AssignmentChange } from "../plan/plan.ts";

/** Maps the plan's names to the instance's ids. */
export interface InstanceNames {
  /** Name to ARN, of every permission set of the instance. */
  readonly permissionSetArns: Readonly<Record<string, string>>;
  /** The identity store as it is now: it has the principals that the plan waited for. */
  readonly principals: StorePrincipals;
}

/** The assignment that a change is about on the instance, or why there is none. */
export function resolveAssignment(
  { accountId, permissionSet, principal }: AssignmentChange,
  { permissionSetArns, principals }: InstanceNames,
): InstanceAssignment | { readonly reason: string } {
  const permissionSetArn = permissionSetArns[permissionSet];
  if (permissionSetArn === undefined)
    return { reason: `the instance has no permission set ${permissionSet}` };
  const { type: principalType, directoryId, name } = principal;
  const principalId =
    principal.principalId ?? (directoryId && principals.principalIdOf(principalType, directoryId));
  if (!principalId)
    return { reason: `${name} is not in the identity store yet: look at Entra's provisioning logs` };
  return { accountId, permissionSetArn, principalType, principalId };
}
