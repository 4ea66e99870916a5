import type { Plan } from "../plan/plan.ts";
import { whyPrivileged } from "../policy/privileged.ts";
import type { AccessPolicy } from "../policy/policy.ts";

/** A held plan in two: what only gives unprivileged access, and the rest. */
export interface SplitPlan {
  readonly additions: Plan;
  readonly rest: Plan;
}

/**
 * Splits off the creation of unprivileged permission sets and of assignments of such sets. A set that the plan would also
 * update or delete grants no access before that is decided.
 * @returns null when nothing would be left on one of the sides
 */
export function splitAdditions(
  plan: Plan,
  { permissionSets: specs }: Pick<AccessPolicy, "permissionSets">,
): SplitPlan | null {
  const undecided = new Set(
    plan.permissionSets.filter(({ action }) => action !== "create").map(({ name }) => name),
  );
  const isHarmless = (name: string) => {
    const spec = specs[name];
    return spec !== undefined && !undecided.has(name) && whyPrivileged(spec) === null;
  };
  const additions = part(plan, {
    permissionSets: plan.permissionSets.filter(({ name }) => isHarmless(name)),
    assignments: plan.assignments.filter(
      ({ action, permissionSet }) => action === "create" && isHarmless(permissionSet),
    ),
    // A role that comes up to date may give more than it did.
    provisioning: [],
  });
  const rest = part(plan, {
    permissionSets: plan.permissionSets.filter((change) => !additions.permissionSets.includes(change)),
    assignments: plan.assignments.filter((change) => !additions.assignments.includes(change)),
    provisioning: plan.provisioning,
  });
  return changesOf(additions) === 0 || changesOf(rest) === 0 ? null : { additions, rest };
}

function part(
  plan: Plan,
  {
    permissionSets,
    assignments,
    provisioning,
  }: Pick<Plan, "permissionSets" | "assignments" | "provisioning">,
): Plan {
  const receiving = new Set(assignments.map(({ principal }) => principal.directoryId));
  const countSets = (action: string) => permissionSets.filter((change) => change.action === action).length;
  const creates = assignments.filter(({ action }) => action === "create").length;
  return {
    ...plan,
    permissionSets,
    provisioning,
    assignments,
    awaited: plan.awaited.filter(({ directoryId }) => receiving.has(directoryId)),
    counts: {
      ...plan.counts,
      creates,
      deletes: assignments.length - creates,
      permissionSetCreates: countSets("create"),
      permissionSetUpdates: countSets("update"),
      permissionSetDeletes: countSets("delete"),
      provisions: provisioning.length,
    },
    warnings: [],
  };
}

function changesOf({ permissionSets, provisioning, assignments }: Plan): number {
  return permissionSets.length + provisioning.length + assignments.length;
}
