import { FlowError } from "../errors.ts";
import type { PlanPrincipal } from "./plan-principal.ts";

type Principal = Pick<PlanPrincipal, "type" | "directoryId"> & { readonly principalId?: string | null };

export interface AssignmentIdentity {
  readonly accountId: string;
  /** Name, not ARN. */
  readonly permissionSet: string;
  readonly principal: Principal;
}

/**
 * Identifies an assignment in the policy's terms: `123456789012/ReadOnly/GROUP/<Entra object id, or identity store id
 * of a principal that SCIM did not create>`.
 */
export function assignmentKey({ accountId, permissionSet, principal }: AssignmentIdentity): string {
  return `${accountId}/${permissionSet}/${principal.type}/${idOf(principal)}`;
}

/** The id that identifies a principal. @throws {FlowError} Unexpected if it has none */
export function idOf({ directoryId, principalId, type }: Principal): string {
  const id = directoryId ?? principalId;
  if (id) return id;
  throw new FlowError("Unexpected", `A principal (${type}) has no id at all`);
}
