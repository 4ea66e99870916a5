import { ACCESS_CONCERNS, CONCERNS, DRIFT_CONCERN, inspectConnection } from "@landbridge/core";
import * as z from "zod";
import {
  applications,
  directory,
  executions,
  graphSignIn,
  identityCenter,
  objects,
  provisioning,
  records,
  scim,
  secrets,
} from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State InspectConnection: checks one thing that keeps the two connected. Writes only its own report. */
export const handler = step({
  input: z.object({ concern: z.enum(CONCERNS).exclude([...ACCESS_CONCERNS, DRIFT_CONCERN]) }),
  ports: {
    applications,
    directory,
    executions,
    graphSignIn,
    identityCenter,
    objects,
    provisioning,
    records,
    scim,
    secrets,
  },
  run: ({ concern }, deps) => inspectConnection(concern, deps),
});
