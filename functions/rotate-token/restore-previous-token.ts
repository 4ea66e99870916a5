import { restorePreviousToken } from "@landbridge/core";
import * as z from "zod";
import { provisioning, records, scim, secrets } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State RestorePreviousToken: after a failure Entra has a token that AWS accepts. */
export const handler = step({
  input: z.object({ versionId: z.string() }),
  ports: { provisioning, records, scim, secrets },
  run: ({ versionId }, deps) => restorePreviousToken(versionId, deps),
});
