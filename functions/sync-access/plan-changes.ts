import { loadPolicy, planChanges } from "@landbridge/core";
import { z } from "zod";
import { World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State PlanChanges: desired minus actual, with reasons. */
export const handler = step({
  input: z.object({ world: World }),
  run: async ({ world }, deps) => planChanges(await loadPolicy(deps.settings, deps), world, deps),
});
