import { verifyProvisioning } from "@landbridge/core";
import * as z from "zod";
import { provisioning, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State VerifyProvisioning: one check whether a cycle has succeeded with the new token; a quarantine ends the rotation. */
export const handler = step({
  input: z.object({ installedAt: z.iso.datetime() }),
  ports: { provisioning, records },
  run: ({ installedAt }, deps) => verifyProvisioning(installedAt, deps),
});
