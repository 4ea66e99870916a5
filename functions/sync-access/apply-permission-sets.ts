import {
  type AppliedPermissionSets,
  applyPermissionSets,
  keepSnapshot,
  openWriteProof,
  readSnapshot,
  type ScopedSnapshot,
} from "@landbridge/core";
import * as z from "zod";
import { executions, identityCenter, objects, records } from "../_shared/ports.ts";
import { JudgedRun, World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ApplyPermissionSets: makes permission sets match the policy, or as many as the function's time allows. */
export const handler = step({
  input: JudgedRun.extend({ world: World, cursor: z.string().nullable() }),
  ports: { executions, identityCenter, objects, records },
  run: async ({ world, cursor, ...judged }, deps) => {
    const proof = await openWriteProof(judged, deps);
    const snapshot = await readSnapshot<ScopedSnapshot>(world.instanceKey, deps);
    const earlier = cursor === null ? null : await readSnapshot<AppliedPermissionSets>(cursor, deps);
    const { deadline } = deps;
    const applied = await applyPermissionSets({ proof, snapshot, earlier, deadline }, deps);
    return { key: await keepSnapshot("permission-sets", applied, deps), remaining: applied.remaining };
  },
});
