import { ensureAttributeMapping } from "@landbridge/core";
import * as z from "zod";
import { provisioning } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State EnsureAttributeMapping: checks that AWS accepts what Entra sends about people. */
export const handler = step({
  input: z.object({ servicePrincipalId: z.string(), jobId: z.string() }),
  ports: { provisioning },
  run: (job, deps) => ensureAttributeMapping(job, deps),
});
