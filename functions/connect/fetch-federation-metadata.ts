import { fetchFederationMetadata } from "@landbridge/core";
import * as z from "zod";
import { federationMetadata, objects } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State FetchFederationMetadata: checks Entra's side of the trust and stores it for the operator. */
export const handler = step({
  input: z.object({ tenantId: z.string(), appId: z.string(), thumbprint: z.string() }),
  ports: { federationMetadata, objects },
  run: (target, deps) => fetchFederationMetadata(target, deps),
});
