import { claimChanges } from "@landbridge/core";
import * as z from "zod";
import { executions, objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ClaimChanges: claims the marks, unless another execution does. */
export const handler = step({
  input: z.object({ executionArn: z.string() }),
  ports: { executions, objects, records },
  run: ({ executionArn }, deps) => claimChanges(executionArn, deps),
});
