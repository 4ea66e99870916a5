import { recordConnection } from "@landbridge/core";
import * as z from "zod";
import { records } from "../_shared/ports.ts";
import { Application, Certificate, Instance } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State RecordConnection: what rotation, watch and sync-access start from. */
export const handler = step({
  input: z.object({
    instance: Instance,
    tenantId: z.string(),
    application: Application,
    certificate: Certificate,
    jobId: z.string(),
  }),
  ports: { records },
  run: (input, deps) => recordConnection(input, deps),
});
