import { type ApplyOutcome, readSnapshot, verifyAccess } from "@landbridge/core";
import * as z from "zod";
import { identityCenter, identityStore, objects } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State VerifyAccess: what was reported done is so. */
export const handler = step({
  input: z.object({ planKey: z.string(), outcomeKey: z.string() }),
  ports: { identityCenter, identityStore, objects },
  run: async ({ planKey, outcomeKey }, deps) => {
    const { failed } = await readSnapshot<ApplyOutcome>(outcomeKey, deps);
    return verifyAccess(planKey, failed, deps);
  },
});
