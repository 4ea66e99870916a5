import { abandonChanges } from "@landbridge/core";
import * as z from "zod";
import { records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State AbandonChanges: the next drain may begin; what was claimed stays marked. */
export const handler = step({
  input: z.object({ executionArn: z.string() }),
  ports: { records },
  run: ({ executionArn }, deps) => abandonChanges(executionArn, deps),
});
