import { keepMarks, takeFence } from "@landbridge/core";
import * as z from "zod";
import { executions, objects, records } from "../_shared/ports.ts";
import { Run } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State TakeFence: this run, and no other, may change access from now on. A full run clears what is marked by now. */
export const handler = step({
  input: z.object({ run: Run, isFull: z.boolean() }),
  ports: { executions, objects, records },
  run: async ({ run, isFull }, deps) => {
    const { fence } = await takeFence(run, deps);
    return { fence, marksKey: isFull ? await keepMarks(deps) : null };
  },
});
