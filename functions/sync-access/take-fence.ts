import { takeFence } from "@landbridge/core";
import * as z from "zod";
import { executions, records } from "../_shared/ports.ts";
import { Run } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State TakeFence: this run, and no other, may change access from now on. */
export const handler = step({
  input: z.object({ run: Run }),
  ports: { executions, records },
  run: ({ run }, deps) => takeFence(run, deps),
});
