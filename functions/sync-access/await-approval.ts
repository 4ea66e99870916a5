import { openTask, releaseFence } from "@landbridge/core";
import * as z from "zod";
import { records, sealer } from "../_shared/ports.ts";
import { WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitApproval: a person decides about a plan that exceeds a guardrail. Other runs go on meanwhile. */
export const handler = step({
  input: WaitingState.extend({
    planKey: z.string(),
    planHash: z.string(),
    reasons: z.array(z.string()),
    requestedBy: z.string().nullable(),
    fence: z.int(),
  }),
  ports: { records, sealer },
  run: async ({ planKey, planHash, reasons, requestedBy, fence, ...waiting }, deps) => {
    await releaseFence(fence, deps);
    return openTask({ kind: "plan-approval", planKey, planHash, reasons, requestedBy }, waiting, deps);
  },
});
