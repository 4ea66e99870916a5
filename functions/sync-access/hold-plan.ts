import { holdPlan } from "@landbridge/core";
import * as z from "zod";
import { callbacks, executions, objects, records, sealer } from "../_shared/ports.ts";
import { PolicyRef, SyncScope } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State HoldPlan: whether this run asks for an approval, ends because another one does, or first applies what needs none. */
export const handler = step({
  input: z.object({
    planKey: z.string(),
    planHash: z.string(),
    policy: PolicyRef,
    scope: SyncScope,
    executionArn: z.string(),
    parent: z.string().nullable(),
    requestedBy: z.string().nullable(),
    isBound: z.boolean(),
    hasAdded: z.boolean(),
    begunPlans: z.array(z.string()),
    fence: z.int(),
  }),
  ports: { callbacks, executions, objects, records, sealer },
  run: (run, deps) => holdPlan(run, deps),
});
