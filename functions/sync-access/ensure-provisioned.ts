import { ensureProvisioned, openWriteProof } from "@landbridge/core";
import {
  applications,
  directory,
  executions,
  identityCenter,
  identityStore,
  objects,
  provisioning,
  records,
} from "../_shared/ports.ts";
import { JudgedRun } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State EnsureProvisioned: groups and users that the plan waits for are in the identity store. */
export const handler = step({
  input: JudgedRun,
  ports: {
    applications,
    directory,
    executions,
    identityCenter,
    identityStore,
    objects,
    provisioning,
    records,
  },
  run: async (judged, deps) => ensureProvisioned(await openWriteProof(judged, deps), deps),
});
