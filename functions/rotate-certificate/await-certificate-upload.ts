import { openTask } from "@landbridge/core";
import * as z from "zod";
import { records, sealer } from "../_shared/ports.ts";
import { Connected, Thumbprints } from "../_shared/rotation-data.ts";
import { WaitingState } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AwaitCertificateUpload: asks the operator to import the new certificate in AWS. */
export const handler = step({
  input: WaitingState.extend({
    connected: Connected,
    certificate: Thumbprints,
    certificateKey: z.string(),
  }),
  ports: { records, sealer },
  run: ({ connected, certificate: { from, to }, certificateKey, ...waiting }, deps) => {
    const { identityStoreId } = connected.instance;
    return openTask({ kind: "certificate-upload", identityStoreId, certificateKey, from, to }, waiting, deps);
  },
});
