import { createHash } from "node:crypto";
import type { AssignmentChange, Plan } from "./plan.ts";

/**
 * SHA-256 of the planned changes, whenever the plan was made: an approval is bound to it. It excludes the identity store id
 * of a principal that Entra knows, since its arrival, which the plan itself causes, does not change the plan.
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
