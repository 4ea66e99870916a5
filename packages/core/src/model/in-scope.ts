import type { InstanceScope } from "./instance.ts";
import type { PlanPrincipal } from "./plan-principal.ts";

interface Place {
  readonly accountId: string;
  readonly principal: Pick<PlanPrincipal, "type" | "directoryId"> & { readonly principalId?: string | null };
}

/** Tells whether an assignment is inside a scope; without a scope, all are. */
export function inScope(scope: InstanceScope | null): (place: Place) => boolean {
  if (scope === null) return () => true;
  const ids = new Set(scope.ids);
  if (scope.scope === "accounts") return ({ accountId }) => ids.has(accountId);
  return ({ principal: { type, directoryId, principalId } }) =>
    type === "GROUP" && (ids.has(directoryId ?? "") || ids.has(principalId ?? ""));
}
