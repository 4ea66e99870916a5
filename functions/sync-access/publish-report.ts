import { clearMarks, publishReport, releaseFence, settleHolds } from "@landbridge/core";
import * as z from "zod";
import { callbacks, executions, objects, records, sealer } from "../_shared/ports.ts";
import { HoldNotice, PlanSummary, PolicyRef, SyncScope } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State PublishReport: reports the plan and its result, clears processed marks, and lets the next run start. */
export const handler = step({
  input: z.object({
    execution: z.string(),
    executionArn: z.string(),
    plan: PlanSummary,
    policy: PolicyRef,
    scope: SyncScope,
    approvedHash: z.string(),
    outcomeKey: z.string().nullable(),
    provisioningKey: z.string().nullable(),
    firstPlan: PlanSummary,
    begunPlans: z.array(z.string()),
    requestedBy: z.string().nullable(),
    fence: z.int().nullable(),
    marksKey: z.string().nullable(),
    result: z.enum(["paused", "not-connected", "held", "superseded"]).nullable(),
    hold: HoldNotice.nullable(),
  }),
  ports: { callbacks, executions, objects, records, sealer },
  run: async ({ fence, marksKey, policy, scope, ...input }, deps) => {
    const report = await publishReport(input, deps);
    const isCarriedOut = input.outcomeKey !== null && input.result === null;
    if (isCarriedOut) await settleHolds({ policy, scope }, input.executionArn, deps);
    if (isCarriedOut && marksKey !== null) await clearMarks(marksKey, deps);
    if (fence !== null) await releaseFence(fence, deps);
    return report;
  },
});
