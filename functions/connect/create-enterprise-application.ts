import { createEnterpriseApplication } from "@landbridge/core";
import * as z from "zod";
import { applications } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State CreateEnterpriseApplication: finds the application in Entra or instantiates it. */
export const handler = step({
  input: z.object({}),
  ports: { applications },
  run: (_, deps) => createEnterpriseApplication(deps.settings, deps),
});
