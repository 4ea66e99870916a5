import { createHash } from "node:crypto";
import type { AssignmentChange, Plan } from "./plan.ts";

/**
 * SHA-256 of what a plan would do, whenever it was made: an approval is bound to it. The identity store id of a principal
 * that Entra knows is left out: its arrival, which the plan itself brings about, makes no other plan of it.
 */
export function planHash({
  permissionSets,
  provisioning,
  assignments,
}: Pick<Plan, "permissionSets" | "provisioning" | "assignments">): string {
  return createHash("sha256")
    .update(JSON.stringify([permissionSets, provisioning, assignments.map(withoutArrival)]))
    .digest("hex");
}

function withoutArrival({ principal, ...change }: AssignmentChange): object {
  const { type, directoryId, principalId, name } = principal;
  return { ...change, principal: { type, id: directoryId ?? principalId, name } };
}
