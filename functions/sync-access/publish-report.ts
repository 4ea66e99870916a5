import { publishReport } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State PublishReport: what was planned, what became of it. */
export const handler = step({
  input: z.object({
    execution: z.string(),
    outcomeKey: z.string().nullable(),
    requestedBy: z.string().nullable(),
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
  run: (input, deps) => publishReport(input, deps),
});
