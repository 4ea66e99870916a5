import { createEnterpriseApplication } from "@landbridge/core";
import * as z from "zod";
import { applications, records } from "../_shared/ports.ts";
import { Instance, ServiceProvider } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State CreateEnterpriseApplication: finds the application in Entra or instantiates it. */
export const handler = step({
  input: z.object({ instance: Instance, serviceProvider: ServiceProvider }),
  ports: { applications, records },
  run: ({ instance: { identityStoreId }, serviceProvider: { entityId } }, deps) =>
    createEnterpriseApplication({ identityStoreId, entityId }, deps.settings, deps),
});
