import { ensureSigningCertificate } from "@landbridge/core";
import * as z from "zod";
import { applications } from "../_shared/ports.ts";
import { Application } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State EnsureSigningCertificate: the application signs with a valid certificate. */
export const handler = step({
  input: z.object({ application: Application }),
  ports: { applications },
  run: ({ application }, deps) => ensureSigningCertificate(application, deps),
});
