import { reactivatePreviousCertificate } from "@landbridge/core";
import * as z from "zod";
import { applications, records } from "../_shared/ports.ts";
import { Connected, Thumbprints } from "../_shared/rotation-data.ts";
import { step } from "../_shared/step.ts";

/** State ReactivatePreviousCertificate: after a failed test Entra signs with the certificate that worked. */
export const handler = step({
  input: z.object({ connected: Connected, certificate: Thumbprints }),
  ports: { applications, records },
  run: ({ connected: { instance, application }, certificate: { from, to } }, deps) =>
    reactivatePreviousCertificate({ identityStoreId: instance.identityStoreId, application, from, to }, deps),
});
