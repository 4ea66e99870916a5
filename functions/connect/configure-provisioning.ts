import { configureProvisioning } from "@landbridge/core";
import * as z from "zod";
import { provisioning, records, secrets } from "../_shared/ports.ts";
import { Application, Instance, ScimCredentials } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ConfigureProvisioning: the provisioning job has endpoint and token, both tested. */
export const handler = step({
  input: z.object({ instance: Instance, application: Application, scim: ScimCredentials }),
  ports: { provisioning, records, secrets },
  run: ({ instance: { identityStoreId }, application, scim }, deps) =>
    configureProvisioning({ identityStoreId, application, scim }, deps),
});
