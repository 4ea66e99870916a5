import { FlowError } from "../errors.ts";
import type { PlanPrincipal } from "./plan.ts";

interface AssignmentIdentity {
  readonly accountId: string;
  /** Name, not ARN. */
  readonly permissionSet: string;
  readonly principal: Pick<PlanPrincipal, "type" | "directoryId"> & { readonly principalId?: string | null };
}

/**
 * What makes an assignment itself, and the id of its ledger record:
 * `123456789012/ReadOnly/GROUP/<Entra object id, or identity store id of a principal that SCIM did not make>`.
 */
export function assignmentKey({ accountId, permissionSet, principal }: AssignmentIdentity): string {
  const id = principal.directoryId ?? principal.principalId;
  if (!id) throw new FlowError("Unexpected", `An assignment in ${accountId} has a principal without any id`);
  return `${accountId}/${permissionSet}/${principal.type}/${id}`;
}
