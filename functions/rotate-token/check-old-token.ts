import { checkOldToken } from "@landbridge/core";
import * as z from "zod";
import { records, scim, secrets } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State CheckOldToken: whether AWS refuses the old token and accepts the new one. */
export const handler = step({
  input: z.object({}),
  ports: { records, scim, secrets },
  run: (_, deps) => checkOldToken(deps),
});
