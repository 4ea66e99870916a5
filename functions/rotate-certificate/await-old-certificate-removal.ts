import { openTask } from "@landbridge/core";
import * as z from "zod";
import { records, sealer } from "../_shared/ports.ts";
import { Connected } from "../_shared/rotation-data.ts";
import { WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitOldCertificateRemoval: asks the operator to delete the old certificate in AWS. */
export const handler = step({
  input: WaitingState.extend({
    connected: Connected,
    certificate: z.object({ from: z.string(), to: z.string() }),
  }),
  ports: { records, sealer },
  run: ({ connected, certificate: { from, to }, ...waiting }, deps) => {
    const { identityStoreId } = connected.instance;
    return openTask({ kind: "old-certificate-removal", identityStoreId, from, to }, waiting, deps);
  },
});
