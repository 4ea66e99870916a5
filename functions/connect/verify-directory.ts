import { loadPolicy, verifyDirectory } from "@landbridge/core";
import * as z from "zod";
import { directory, identityStore, objects, provisioning } from "../_shared/ports.ts";
import { Instance } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State VerifyDirectory: who arrived in AWS, who did not and why. */
export const handler = step({
  input: z.object({ instance: Instance, jobId: z.string() }),
  ports: { directory, identityStore, objects, provisioning },
  run: async (target, deps) => verifyDirectory(target, await loadPolicy(deps.settings, deps), deps),
});
