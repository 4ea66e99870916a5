import { keepMarks, settleAbandoned, takeFence } from "@landbridge/core";
import * as z from "zod";
import { executions, identityCenter, objects, records } from "../_shared/ports.ts";
import { Run } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State TakeFence: this run, and no other, may change access from now on. A full run clears what is marked by now. A proposed
 * policy that pauses all runs does not wait for the run that it stops. */
export const handler = step({
  input: z.object({ run: Run, isFull: z.boolean(), isPausing: z.boolean() }),
  ports: { executions, identityCenter, objects, records },
  run: async ({ run, isFull, isPausing }, deps) => {
    const { fence, wasAbandoned } = await takeFence(run, deps, { isPausing });
    if (wasAbandoned) await settleAbandoned(deps);
    return { fence, marksKey: isFull ? await keepMarks(deps) : null };
  },
});
