import {
  applyAssignments,
  deletePermissionSets,
  keepSnapshot,
  type Plan,
  readPrincipals,
  readSnapshot,
  refuseWhenPaused,
  settleDeletions,
  withLease,
} from "@landbridge/core";
import * as z from "zod";
import { identityCenter, identityStore, objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ApplyAssignments: works off the plan until it is done or the function's time is up. */
export const handler = step({
  input: z.object({ planKey: z.string(), permissionSetsKey: z.string() }),
  ports: { identityCenter, identityStore, objects, records },
  run: async ({ planKey, permissionSetsKey }, deps) => {
    const { deadline } = deps;
    const plan = await readSnapshot<Plan>(planKey, deps);
    await refuseWhenPaused(plan, deps);
    const permissionSetArns = await readSnapshot<Record<string, string>>(permissionSetsKey, deps);
    const { instance, principals } = await readPrincipals(
      deps,
      new Set(plan.awaited.map(({ type }) => type)),
    );
    const input = { planId: planKey, plan, instance, permissionSetArns, principals, deadline };
    const outcome = await withLease(planKey, deps, async () => {
      const applied = await applyAssignments(input, deps);
      if (applied.remaining > 0) return applied;
      await settleDeletions(planKey, plan, { ...deps, ...applied });
      await deletePermissionSets(plan, instance, deps);
      return applied;
    });
    return { outcomeKey: await keepSnapshot("outcome", outcome, deps), remaining: outcome.remaining };
  },
});
