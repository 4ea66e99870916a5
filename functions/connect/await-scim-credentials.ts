import { openTask } from "@landbridge/core";
import { z } from "zod";
import { Instance } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitScimCredentials: asks the operator for the SCIM endpoint and a token. */
export const handler = step({
  input: z.object({ taskToken: z.string(), instance: Instance }),
  run: ({ taskToken, instance: { region, identityStoreId } }, deps) => {
    const secretName = deps.settings.scimSecretName;
    return openTask({ kind: "scim-credentials", region, identityStoreId, secretName }, taskToken, deps);
  },
});
