import { clearMarks, publishReport, releaseFence } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State PublishReport: what was planned, what became of it; marks that are done with go, and the next run may begin. */
export const handler = step({
  input: z.object({
    execution: z.string(),
    outcomeKey: z.string().nullable(),
    begunPlans: z.array(z.string()),
    requestedBy: z.string().nullable(),
    fence: z.int().nullable(),
    marksKey: z.string().nullable(),
    result: z.enum(["paused"]).nullable(),
    plan: z.object({
      planKey: z.string(),
      planHash: z.string(),
      counts: z.object({
        desired: z.number(),
        unchanged: z.number(),
        creates: z.number(),
        deletes: z.number(),
        permissionSetCreates: z.number(),
        permissionSetUpdates: z.number(),
        permissionSetDeletes: z.number(),
        foreign: z.number(),
      }),
    }),
  }),
  ports: { objects, records },
  run: async ({ fence, marksKey, ...input }, deps) => {
    const report = await publishReport(input, deps);
    const isCarriedOut = report.result === "complete" || report.result === "partial";
    if (isCarriedOut && marksKey !== null) await clearMarks(marksKey, deps);
    if (fence !== null) await releaseFence(fence, deps);
    return report;
  },
});
