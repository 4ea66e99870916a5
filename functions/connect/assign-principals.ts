import { assignPrincipals, loadPolicy } from "@landbridge/core";
import * as z from "zod";
import { applications, directory, objects } from "../_shared/ports.ts";
import { Application } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State AssignPrincipals: puts everybody that the access policy names into the application's scope. */
export const handler = step({
  input: z.object({ application: Application }),
  ports: { applications, directory, objects },
  run: async ({ application }, deps) =>
    assignPrincipals(application, await loadPolicy(deps.settings, deps), deps),
});
