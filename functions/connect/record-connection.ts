import { drainWhatWaits, recordConnection } from "@landbridge/core";
import * as z from "zod";
import { executions, records } from "../_shared/ports.ts";
import { Application, Certificate, Instance } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State RecordConnection: what rotation, watch and sync-access start from. Drains, which have waited for it, begin. */
export const handler = step({
  input: z.object({
    instance: Instance,
    tenantId: z.string(),
    application: Application,
    certificate: Certificate,
    jobId: z.string(),
  }),
  ports: { executions, records },
  run: async (input, deps) => {
    const connection = await recordConnection(input, deps);
    await drainWhatWaits(deps);
    return connection;
  },
});
