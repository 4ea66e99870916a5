import { openTask } from "@landbridge/core";
import { records, sealer } from "../_shared/ports.ts";
import { Instance, WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitScimCredentials: asks the operator for the SCIM endpoint and a token. */
export const handler = step({
  input: WaitingState.extend({ instance: Instance }),
  ports: { records, sealer },
  run: ({ instance: { region, identityStoreId }, ...waiting }, deps) => {
    const secretName = deps.settings.scimSecretName;
    return openTask({ kind: "scim-credentials", region, identityStoreId, secretName }, waiting, deps);
  },
});
