import { openTask } from "@landbridge/core";
import { z } from "zod";
import { Instance } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitServiceProviderMetadata: asks the operator for AWS's SAML metadata. */
export const handler = step({
  input: z.object({ taskToken: z.string(), instance: Instance }),
  run: ({ taskToken, instance: { region, identityStoreId } }, deps) =>
    openTask({ kind: "service-provider-metadata", region, identityStoreId }, taskToken, deps),
});
