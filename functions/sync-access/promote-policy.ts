import { promotePolicy, proveTurn, readConnection } from "@landbridge/core";
import * as z from "zod";
import { executions, objects, records } from "../_shared/ports.ts";
import { PolicyRef, Run } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State PromotePolicy: the proposal whose plan may be carried out comes into force; connect carries out the first one. */
export const handler = step({
  input: z.object({ policy: PolicyRef, fence: z.int(), run: Run }),
  ports: { executions, objects, records },
  run: async ({ policy, fence, run }, deps) => {
    await proveTurn({ fence, run }, deps);
    const { connectedAt } = await readConnection(deps.records);
    const promoted = await promotePolicy(policy, run.executionArn, deps);
    return { policy: promoted, isConnected: connectedAt !== undefined };
  },
});
