import { fetchRotationMetadata } from "@landbridge/core";
import * as z from "zod";
import { applications, federationMetadata, objects } from "../_shared/ports.ts";
import { Connected, Thumbprints } from "../_shared/rotation-data.ts";
import { step } from "../_shared/step.ts";

/** State FetchFederationMetadata: checks both certificates, and stores the new one for the operator. */
export const handler = step({
  input: z.object({ connected: Connected, certificate: Thumbprints }),
  ports: { applications, federationMetadata, objects },
  run: ({ connected: { tenantId, application }, certificate: { from, to } }, deps) =>
    fetchRotationMetadata({ tenantId, application, from, to }, deps),
});
