import { openTask } from "@landbridge/core";
import { z } from "zod";
import { step } from "../_shared/step.ts";

/** State AwaitApproval: a person decides about a plan that exceeds a guardrail. */
export const handler = step({
  input: z.object({
    taskToken: z.string(),
    planKey: z.string(),
    planHash: z.string(),
    reasons: z.array(z.string()),
  }),
  run: ({ taskToken, ...plan }, deps) => openTask({ kind: "plan-approval", ...plan }, taskToken, deps),
});
