import type { PlanPrincipal } from "../model/plan-principal.ts";

/**
 * The ledger's format before it had states. Its key has the name of the permission set and, of a group or user that SCIM
 * made, the Entra object id: `123456789012/ReadOnly/GROUP/<id>`.
 */
export interface EarlierEntry {
  readonly accountId: string;
  readonly permissionSet: string;
  readonly principal: PlanPrincipal;
  readonly planId: string;
  /** ISO time. */
  readonly claimedAt: string;
}
