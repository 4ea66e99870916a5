import { keepSnapshot, loadPolicy, readInstanceSnapshot } from "@landbridge/core";
import * as z from "zod";
import { identityCenter, identityStore, objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ReadInstance: permission sets, assignments and principals of Identity Center. */
export const handler = step({
  input: z.object({}),
  ports: { identityCenter, identityStore, objects, records },
  run: async (_, deps) => {
    const policy = await loadPolicy(deps.settings, deps);
    return { key: await keepSnapshot("instance", await readInstanceSnapshot(policy, deps), deps) };
  },
});
