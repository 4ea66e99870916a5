import { probeToken } from "@landbridge/core";
import * as z from "zod";
import { records, scim, secrets } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ProbeToken: AWS accepts the new token. */
export const handler = step({
  input: z.object({}),
  ports: { records, scim, secrets },
  run: (_, deps) => probeToken(deps),
});
