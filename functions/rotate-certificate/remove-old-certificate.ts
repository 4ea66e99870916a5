import { removeOldCertificate } from "@landbridge/core";
import * as z from "zod";
import { applications } from "../_shared/ports.ts";
import { Connected, Thumbprints } from "../_shared/rotation-data.ts";
import { step } from "../_shared/step.ts";

/** State RemoveOldCertificate: Entra no longer has the replaced certificate. */
export const handler = step({
  input: z.object({ connected: Connected, certificate: Thumbprints }),
  ports: { applications },
  run: ({ connected: { instance, application }, certificate: { from, to } }, deps) =>
    removeOldCertificate({ identityStoreId: instance.identityStoreId, application, from, to }, deps),
});
