import { installToken } from "@landbridge/core";
import * as z from "zod";
import { provisioning, records, secrets } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State InstallToken: Entra tests the new token and keeps it. */
export const handler = step({
  input: z.object({ versionId: z.string() }),
  ports: { provisioning, records, secrets },
  run: ({ versionId }, deps) => installToken(versionId, deps),
});
