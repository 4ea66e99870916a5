import { startDailySync } from "@landbridge/core";
import * as z from "zod";
import { executions, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** Runs once a day, by EventBridge Scheduler: starts the full sync-access, and records that no person started it. */
export const handler = step({
  input: z.unknown(),
  ports: { executions, records },
  run: (_, deps) => startDailySync(deps),
});
