import { clearChanges } from "@landbridge/core";
import * as z from "zod";
import { objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State ClearChanges: removes what was claimed, but for what was marked again since. */
export const handler = step({
  input: z.object({ claimKey: z.string() }),
  ports: { objects, records },
  run: ({ claimKey }, deps) => clearChanges(claimKey, deps),
});
