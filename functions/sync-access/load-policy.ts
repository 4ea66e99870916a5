import { loadPolicy, policySelectors } from "@landbridge/core";
import * as z from "zod";
import { objects } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State LoadPolicy: the access policy is readable, and says what has to be read for it. */
export const handler = step({
  input: z.object({ scope: z.literal("full"), mode: z.enum(["plan", "apply"]) }),
  ports: { objects },
  run: async ({ mode }, deps) => {
    const policy = await loadPolicy(deps.settings, deps);
    return { mode, needsTags: policySelectors(policy).needsTags };
  },
});
