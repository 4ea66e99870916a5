import { planChanges, readPinnedPolicy } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { PolicyRef, Run, SyncScope, World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/**
 * State PlanChanges: the ledger is in step with what was read; desired minus actual, with reasons; only the plan that was
 * asked for, when one was.
 */
export const handler = step({
  input: z.object({
    world: World,
    policy: PolicyRef,
    scope: SyncScope,
    planHash: z.string().nullable(),
    fence: z.int().nullable(),
    run: Run,
  }),
  ports: { objects, records },
  run: async ({ world, policy, scope, planHash, fence, run }, deps) => {
    const writer = fence === null ? null : { fence, run };
    return planChanges(await readPinnedPolicy(policy, deps), { ...world, scope, planHash, writer }, deps);
  },
});
