import { loadPolicy, verifyDirectory } from "@landbridge/core";
import { z } from "zod";
import { Instance } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State VerifyDirectory: who arrived in AWS, who did not and why. */
export const handler = step({
  input: z.object({ instance: Instance, jobId: z.string() }),
  run: async (target, deps) => verifyDirectory(target, await loadPolicy(deps.settings, deps), deps),
});
