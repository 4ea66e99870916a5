import { openTask } from "@landbridge/core";
import * as z from "zod";
import { records, sealer } from "../_shared/ports.ts";
import { Instance, WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitIdentitySourceChange: asks the operator to make Entra the identity source in AWS. */
export const handler = step({
  input: WaitingState.extend({
    instance: Instance,
    metadataKey: z.string(),
    thumbprint: z.string(),
    usersLosingSignIn: z.number(),
  }),
  ports: { records, sealer },
  run: ({ instance: { identityStoreId }, metadataKey, thumbprint, usersLosingSignIn, ...waiting }, deps) => {
    const change = { identityStoreId, metadataKey, thumbprint, usersLosingSignIn };
    return openTask({ kind: "identity-source-change", ...change }, waiting, deps);
  },
});
