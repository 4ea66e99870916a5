import { watchInitialCycle } from "@landbridge/core";
import * as z from "zod";
import { provisioning } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State WatchInitialCycle: one poll of the first provisioning cycle; a quarantine ends the flow. */
export const handler = step({
  input: z.object({ servicePrincipalId: z.string(), jobId: z.string(), since: z.iso.datetime() }),
  ports: { provisioning },
  run: (target, deps) => watchInitialCycle(target, deps),
});
