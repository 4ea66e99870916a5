import { recordCertificate } from "@landbridge/core";
import * as z from "zod";
import { records } from "../_shared/ports.ts";
import { Connected, Thumbprints } from "../_shared/rotation-data.ts";
import { step } from "../_shared/step.ts";

/** State RecordCertificate: the connection record knows the certificate in use, and that AWS still has the old one. */
export const handler = step({
  input: z.object({ connected: Connected, certificate: Thumbprints.extend({ expiresAt: z.string() }) }),
  ports: { records },
  run: ({ connected: { instance }, certificate: { from, to, expiresAt } }, deps) =>
    recordCertificate({ identityStoreId: instance.identityStoreId, from, to, expiresAt }, deps),
});
