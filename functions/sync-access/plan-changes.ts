import { loadPolicy, planChanges } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State PlanChanges: desired minus actual, with reasons. */
export const handler = step({
  input: z.object({ world: World }),
  ports: { objects, records },
  run: async ({ world }, deps) => planChanges(await loadPolicy(deps.settings, deps), world, deps),
});
