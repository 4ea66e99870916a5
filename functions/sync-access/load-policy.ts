import { pinPolicy, policySelectors, readPinnedPolicy } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { SyncInput } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State LoadPolicy: checks the input, pins one version of the policy, and lists what has to be read for it. */
export const handler = step({
  input: z.object({ request: SyncInput }),
  ports: { objects, records },
  run: async ({ request }, deps) => {
    const proposal = request.scope === "full" ? request.proposal : undefined;
    const { mode, requestedBy = null, planHash = null } = request;
    const scope =
      request.scope === "full"
        ? { scope: request.scope }
        : { scope: request.scope, ids: request.ids, unknownIds: request.unknownIds };
    const policy = await pinPolicy(proposal ?? null, deps);
    const rules = await readPinnedPolicy(policy, deps);
    const { needsTags } = policySelectors(rules);
    const isPausing = policy.isProposal && rules.guardrails.paused;
    return { mode, scope, requestedBy, planHash, policy, needsTags, isPausing };
  },
});
