import { openTask } from "@landbridge/core";
import { z } from "zod";
import { Instance } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitIdentitySourceChange: asks the operator to make Entra the identity source in AWS. */
export const handler = step({
  input: z.object({
    taskToken: z.string(),
    instance: Instance,
    metadataKey: z.string(),
    thumbprint: z.string(),
    usersLosingSignIn: z.number(),
  }),
  run: ({ taskToken, instance: { identityStoreId }, ...rest }, deps) =>
    openTask({ kind: "identity-source-change", identityStoreId, ...rest }, taskToken, deps),
});
