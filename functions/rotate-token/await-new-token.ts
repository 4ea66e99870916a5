import { openNewTokenTask } from "@landbridge/core";
import * as z from "zod";
import { records, sealer } from "../_shared/ports.ts";
import { RotationRequest, WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitNewToken: asks the operator to generate a token in AWS's console. */
export const handler = step({
  input: WaitingState.extend({
    request: RotationRequest,
    why: z.enum(["forced", "refused", "unfinished", "due"]),
  }),
  ports: { records, sealer },
  run: ({ request: { reason, requestedBy }, why, ...waiting }, deps) =>
    openNewTokenTask({ why, reason, requestedBy }, waiting, deps),
});
