import { ensureProvisioned } from "@landbridge/core";
import {
  applications,
  directory,
  identityCenter,
  identityStore,
  objects,
  provisioning,
  records,
} from "../_shared/ports.ts";
import { PlanReference } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State EnsureProvisioned: groups and users that the plan waits for are in the identity store. */
export const handler = step({
  input: PlanReference,
  ports: { applications, directory, identityCenter, identityStore, objects, provisioning, records },
  run: ({ planKey }, deps) => ensureProvisioned(planKey, deps),
});
