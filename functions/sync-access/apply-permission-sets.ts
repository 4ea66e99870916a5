import {
  applyPermissionSets,
  type ScopedSnapshot,
  keepSnapshot,
  type Plan,
  readSnapshot,
  refuseWhenPaused,
} from "@landbridge/core";
import * as z from "zod";
import { identityCenter, objects, records } from "../_shared/ports.ts";
import { World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ApplyPermissionSets: permission sets are as the policy says, in every account that has them. */
export const handler = step({
  input: z.object({ planKey: z.string(), world: World }),
  ports: { identityCenter, objects, records },
  run: async ({ planKey, world }, deps) => {
    const plan = await readSnapshot<Plan>(planKey, deps);
    await refuseWhenPaused(plan, deps);
    const snapshot = await readSnapshot<ScopedSnapshot>(world.instanceKey, deps);
    return {
      key: await keepSnapshot("permission-sets", await applyPermissionSets(plan, snapshot, deps), deps),
    };
  },
});
