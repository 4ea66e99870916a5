import { planChanges, readPinnedPolicy } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { PolicyRef, SyncScope, World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State PlanChanges: desired minus actual, with reasons; only the plan that was asked for, when one was. */
export const handler = step({
  input: z.object({ world: World, policy: PolicyRef, scope: SyncScope, planHash: z.string().nullable() }),
  ports: { objects, records },
  run: async ({ world, policy, scope, planHash }, deps) =>
    planChanges(await readPinnedPolicy(policy, deps), { ...world, scope, planHash }, deps),
});
