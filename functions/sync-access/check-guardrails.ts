import { judgePlan } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { PolicyRef } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State CheckGuardrails: may the plan be carried out without approval? If so, its deletions are reserved. */
export const handler = step({
  input: z.object({
    planKey: z.string(),
    planHash: z.string(),
    policy: PolicyRef,
    mode: z.enum(["plan", "apply"]),
    approvedHash: z.string(),
    executionArn: z.string(),
    begunPlans: z.array(z.string()),
  }),
  ports: { objects, records },
  run: (input, deps) => judgePlan(input, deps),
});
