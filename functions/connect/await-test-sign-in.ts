import { openTestSignIn } from "@landbridge/core";
import { directory, identityStore, objects, records, sealer } from "../_shared/ports.ts";
import { Instance, WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitTestSignIn: asks the operator to sign in once as somebody who has access. */
export const handler = step({
  input: WaitingState.extend({ instance: Instance }),
  ports: { directory, identityStore, objects, records, sealer },
  run: ({ instance, ...waiting }, deps) => openTestSignIn(instance, waiting, deps),
});
