import { CONCERNS, inspectConcern } from "@landbridge/core";
import * as z from "zod";
import {
  applications,
  directory,
  executions,
  graphSignIn,
  identityCenter,
  identityStore,
  objects,
  organization,
  provisioning,
  records,
  scim,
  secrets,
} from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State InspectConcern: how one thing stands that has to be in order. Reads only, but for its own report. */
export const handler = step({
  input: z.object({ concern: z.enum(CONCERNS) }),
  ports: {
    applications,
    directory,
    executions,
    graphSignIn,
    identityCenter,
    identityStore,
    objects,
    organization,
    provisioning,
    records,
    scim,
    secrets,
  },
  run: ({ concern }, deps) => inspectConcern(concern, deps),
});
