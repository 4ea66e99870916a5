import type { PrincipalType } from "./instance.ts";

export interface PlanPrincipal {
  readonly type: PrincipalType;
  /** Entra object id; null for a principal that SCIM did not make. */
  readonly directoryId: string | null;
  /** Identity store id; null until it is provisioned. */
  readonly principalId: string | null;
  readonly name: string;
}
