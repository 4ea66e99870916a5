import {
  applyPermissionSets,
  keepSnapshot,
  openWriteProof,
  readSnapshot,
  type ScopedSnapshot,
} from "@landbridge/core";
import { executions, identityCenter, objects, records } from "../_shared/ports.ts";
import { JudgedRun, World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ApplyPermissionSets: permission sets are as the policy says, in every account that has them. */
export const handler = step({
  input: JudgedRun.extend({ world: World }),
  ports: { executions, identityCenter, objects, records },
  run: async ({ world, ...judged }, deps) => {
    const proof = await openWriteProof(judged, deps);
    const snapshot = await readSnapshot<ScopedSnapshot>(world.instanceKey, deps);
    return {
      key: await keepSnapshot("permission-sets", await applyPermissionSets(proof, snapshot, deps), deps),
    };
  },
});
