import { startDailySync } from "@landbridge/core";
import * as z from "zod";
import { executions, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** Once a day, by EventBridge Scheduler: starts the full sync-access, and notes that nobody in particular did. */
export const handler = step({
  input: z.unknown(),
  ports: { executions, records },
  run: (_, deps) => startDailySync(deps),
});
