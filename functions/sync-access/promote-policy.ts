import { promotePolicy, proveTurn, readConnection } from "@landbridge/core";
import * as z from "zod";
import { executions, objects, records } from "../_shared/ports.ts";
import { PolicyRef, Run } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State PromotePolicy: puts a proposal in force whose plan may be applied; the first one waits for connect. */
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
