import { claimChanges } from "@landbridge/core";
import * as z from "zod";
import { executions, objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ClaimChanges: takes what is marked, unless another execution is at it. */
export const handler = step({
  input: z.object({ executionArn: z.string() }),
  ports: { executions, objects, records },
  run: ({ executionArn }, deps) => claimChanges(executionArn, deps),
});
