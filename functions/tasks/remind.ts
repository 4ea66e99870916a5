import { remindOperators } from "@landbridge/core";
import * as z from "zod";
import { callbacks, executions, records, sealer } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** Once a day, by EventBridge Scheduler: reminds of open operator tasks and keeps the flows that wait for them waiting. */
export const handler = step({
  input: z.unknown(),
  ports: { callbacks, executions, records, sealer },
  run: (_, deps) => remindOperators(deps),
});
