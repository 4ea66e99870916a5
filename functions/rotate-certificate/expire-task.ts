import { expireTask } from "@landbridge/core";
import * as z from "zod";
import { records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ExpireTask: nobody answered in time; ends the flow with TaskExpired. */
export const handler = step({
  input: z.object({ executionArn: z.string() }),
  ports: { records },
  run: ({ executionArn }, deps) => expireTask(executionArn, deps),
});
