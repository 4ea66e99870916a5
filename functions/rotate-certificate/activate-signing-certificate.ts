import { activateSigningCertificate } from "@landbridge/core";
import * as z from "zod";
import { applications, records } from "../_shared/ports.ts";
import { Connected, Thumbprints } from "../_shared/rotation-data.ts";
import { step } from "../_shared/step.ts";

/** State ActivateSigningCertificate: Entra signs with the new certificate, which AWS has by now. */
export const handler = step({
  input: z.object({ connected: Connected, certificate: Thumbprints }),
  ports: { applications, records },
  run: ({ connected: { instance, application }, certificate: { from, to } }, deps) =>
    activateSigningCertificate({ identityStoreId: instance.identityStoreId, application, from, to }, deps),
});
