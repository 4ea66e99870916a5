import { discardProposal } from "@landbridge/core";
import * as z from "zod";
import { objects } from "../_shared/ports.ts";
import { PolicyRef } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State DiscardProposal: an approver declined the plan; ends the flow with OperatorDeclined. */
export const handler = step({
  input: z.object({ policy: PolicyRef, cause: z.string() }),
  ports: { objects },
  run: ({ policy, cause }, deps) => discardProposal({ ...policy, cause }, deps),
});
