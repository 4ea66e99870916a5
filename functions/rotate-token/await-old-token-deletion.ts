import { openOldTokenTask } from "@landbridge/core";
import { records, sealer } from "../_shared/ports.ts";
import { RotationRequest, WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitOldTokenDeletion: asks the operator to delete the token that is no longer needed. */
export const handler = step({
  input: WaitingState.extend({ request: RotationRequest }),
  ports: { records, sealer },
  run: ({ request, ...waiting }, deps) => openOldTokenTask(request, waiting, deps),
});
