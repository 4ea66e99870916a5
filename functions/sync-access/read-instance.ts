import { keepSnapshot, readInstanceSnapshot, readPinnedPolicy, readScopedSnapshot } from "@landbridge/core";
import * as z from "zod";
import { directory, identityCenter, identityStore, objects, records } from "../_shared/ports.ts";
import { PolicyRef, SyncScope } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ReadInstance: permission sets, assignments and principals of Identity Center, as far as the run is about them. */
export const handler = step({
  input: z.object({ policy: PolicyRef, scope: SyncScope }),
  ports: { directory, identityCenter, identityStore, objects, records },
  run: async ({ policy: pinned, scope }, deps) => {
    const policy = await readPinnedPolicy(pinned, deps);
    const instance =
      scope.scope === "full"
        ? await readInstanceSnapshot(policy, deps)
        : await readScopedSnapshot(policy, scope, deps);
    return { key: await keepSnapshot("instance", instance, deps) };
  },
});
