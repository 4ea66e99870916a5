import { ACCESS_CONCERNS, inspectAccess } from "@landbridge/core";
import * as z from "zod";
import { applications, directory, objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State InspectAccess: compares access with the access policy. Writes only its own report. */
export const handler = step({
  input: z.object({ concern: z.enum(ACCESS_CONCERNS) }),
  ports: { applications, directory, objects, records },
  run: ({ concern }, deps) => inspectAccess(concern, deps),
});
