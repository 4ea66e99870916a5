import { askForApproval } from "@landbridge/core";
import * as z from "zod";
import { records, sealer } from "../_shared/ports.ts";
import { PolicyRef, SyncScope, WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitApproval: a person decides about a plan that exceeds a guardrail. Other runs continue meanwhile. */
export const handler = step({
  input: WaitingState.extend({
    planKey: z.string(),
    planHash: z.string(),
    policy: PolicyRef,
    scope: SyncScope,
    reasons: z.array(z.string()),
    origin: z.object({
      executionArn: z.string(),
      claim: z.string().nullable(),
      waitingFlow: z.string().nullable(),
    }),
    fence: z.int(),
  }),
  ports: { records, sealer },
  run: ({ taskToken, executionArn, ...question }, deps) =>
    askForApproval(question, { taskToken, executionArn }, deps),
});
