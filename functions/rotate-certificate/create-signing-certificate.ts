import { createSigningCertificate } from "@landbridge/core";
import * as z from "zod";
import { applications, records } from "../_shared/ports.ts";
import { Connected } from "../_shared/rotation-data.ts";
import { step } from "../_shared/step.ts";

/** State CreateSigningCertificate: Entra has the next certificate, inactive. */
export const handler = step({
  input: z.object({ connected: Connected }),
  ports: { applications, records },
  run: ({ connected: { instance, application } }, deps) =>
    createSigningCertificate({ identityStoreId: instance.identityStoreId, application }, deps),
});
