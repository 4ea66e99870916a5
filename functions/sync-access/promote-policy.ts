import { promotePolicy } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { PolicyRef, Run } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State PromotePolicy: the proposal whose plan may be carried out is the policy in force. */
export const handler = step({
  input: z.object({ policy: PolicyRef, run: Run }),
  ports: { objects, records },
  run: ({ policy, run }, deps) => promotePolicy(policy, run.executionArn, deps),
});
