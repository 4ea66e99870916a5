import {
  type AppliedPermissionSets,
  applyAssignments,
  deletePermissionSets,
  finishDeletions,
  keepSnapshot,
  openWriteProof,
  readPrincipals,
  readSnapshot,
} from "@landbridge/core";
import * as z from "zod";
import { executions, identityCenter, identityStore, objects, records } from "../_shared/ports.ts";
import { JudgedRun } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ApplyAssignments: works off the plan until it is done or the function's time is up. */
export const handler = step({
  input: JudgedRun.extend({ permissionSetsKey: z.string() }),
  ports: { executions, identityCenter, identityStore, objects, records },
  run: async ({ permissionSetsKey, ...judged }, deps) => {
    const proof = await openWriteProof(judged, deps);
    const { plan } = proof;
    const { arns: permissionSetArns } = await readSnapshot<AppliedPermissionSets>(permissionSetsKey, deps);
    const { instance, principals } = await readPrincipals(
      deps,
      new Set(plan.awaited.map(({ type }) => type)),
    );
    const { deadline } = deps;
    const input = { planId: judged.planKey, proof, instance, permissionSetArns, principals, deadline };
    const outcome = await applyAssignments(input, deps);
    if (outcome.remaining === 0) {
      await finishDeletions({ ...judged.run, planKey: judged.planKey, plan }, deps);
      await deletePermissionSets(proof, { instance, deadline }, deps);
    }
    return { outcomeKey: await keepSnapshot("outcome", outcome, deps), remaining: outcome.remaining };
  },
});
