import { startProvisioning } from "@landbridge/core";
import * as z from "zod";
import { provisioning } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State StartProvisioning: the job runs; a running one is left alone. */
export const handler = step({
  input: z.object({ servicePrincipalId: z.string(), jobId: z.string() }),
  ports: { provisioning },
  run: ({ servicePrincipalId, jobId }, deps) => startProvisioning(servicePrincipalId, jobId, deps),
});
