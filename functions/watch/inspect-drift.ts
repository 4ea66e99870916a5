import { inspectDrift } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { PolicyRef, World } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State InspectDrift: how access stands against the access policy, by a complete read. Writes nothing but its own report. */
export const handler = step({
  input: z.union([z.object({ policy: PolicyRef, world: World }), z.object({ unusable: z.string() })]),
  ports: { objects, records },
  run: (read, deps) => inspectDrift(read, deps),
});
