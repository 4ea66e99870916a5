import { loadPolicy, policySelectors } from "@landbridge/core";
import { objects } from "../_shared/ports.ts";
import { SyncInput } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State LoadPolicy: the input makes sense, the access policy is readable, and says what has to be read for it. */
export const handler = step({
  input: SyncInput,
  ports: { objects },
  run: async ({ mode, requestedBy = null, planHash = null, ...scope }, deps) => {
    const policy = await loadPolicy(deps.settings, deps);
    return { mode, scope, requestedBy, planHash, needsTags: policySelectors(policy).needsTags };
  },
});
