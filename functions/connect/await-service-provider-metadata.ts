import { openTask } from "@landbridge/core";
import { records, sealer } from "../_shared/ports.ts";
import { Instance, WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitServiceProviderMetadata: asks the operator for AWS's SAML metadata. */
export const handler = step({
  input: WaitingState.extend({ instance: Instance }),
  ports: { records, sealer },
  run: ({ instance: { region, identityStoreId }, ...waiting }, deps) =>
    openTask({ kind: "service-provider-metadata", region, identityStoreId }, waiting, deps),
});
