import { openTask } from "@landbridge/core";
import * as z from "zod";
import { records } from "../_shared/ports.ts";
import { WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitApproval: a person decides about a plan that exceeds a guardrail. */
export const handler = step({
  input: WaitingState.extend({
    planKey: z.string(),
    planHash: z.string(),
    reasons: z.array(z.string()),
  }),
  ports: { records },
  run: ({ planKey, planHash, reasons, ...waiting }, deps) =>
    openTask({ kind: "plan-approval", planKey, planHash, reasons }, waiting, deps),
});
