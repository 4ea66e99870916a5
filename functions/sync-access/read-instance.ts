import { readInstanceSlice, readPinnedPolicy } from "@landbridge/core";
import * as z from "zod";
import { directory, identityCenter, identityStore, objects, records } from "../_shared/ports.ts";
import { PolicyRef, SyncScope, World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ReadInstance: what the run is about of Identity Center, or as much of it as the function's time allows. */
export const handler = step({
  input: z.object({
    policy: PolicyRef,
    scope: SyncScope,
    world: World.omit({ instanceKey: true }),
    cursor: z.string().nullable(),
  }),
  ports: { directory, identityCenter, identityStore, objects, records },
  run: async ({ policy, scope, world, cursor }, deps) =>
    readInstanceSlice({ scope, cursor, ...world }, await readPinnedPolicy(policy, deps), deps),
});
