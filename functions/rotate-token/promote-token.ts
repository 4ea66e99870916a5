import { promoteToken } from "@landbridge/core";
import * as z from "zod";
import { records, secrets } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State PromoteToken: the new token is current in the secret store and in the connection record. */
export const handler = step({
  input: z.object({ versionId: z.string() }),
  ports: { records, secrets },
  run: ({ versionId }, deps) => promoteToken(versionId, deps),
});
