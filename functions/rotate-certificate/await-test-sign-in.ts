import { openTestSignIn } from "@landbridge/core";
import { directory, identityStore, objects, records, sealer } from "../_shared/ports.ts";
import { Connected } from "../_shared/rotation-data.ts";
import { WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitTestSignIn: asks the operator to sign in once with the new certificate. */
export const handler = step({
  input: WaitingState.extend({ connected: Connected }),
  ports: { directory, identityStore, objects, records, sealer },
  run: ({ connected, ...waiting }, deps) => openTestSignIn(connected.instance, waiting, deps),
});
