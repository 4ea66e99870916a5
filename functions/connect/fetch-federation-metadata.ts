import { fetchFederationMetadata } from "@landbridge/core";
import * as z from "zod";
import { federationMetadata, objects } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State FetchFederationMetadata: Entra's side of the trust, checked and kept for the operator. */
export const handler = step({
  input: z.object({ tenantId: z.string(), appId: z.string(), thumbprint: z.string() }),
  ports: { federationMetadata, objects },
  run: (target, deps) => fetchFederationMetadata(target, deps),
});
