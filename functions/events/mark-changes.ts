import { markChanges } from "@landbridge/core";
import * as z from "zod";
import { executions, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** Gets every event that may mean work, from rules and from the Graph webhook; what it does not understand fails. */
export const handler = step({
  input: z.unknown(),
  ports: { executions, records },
  run: (event, deps) => markChanges(event, deps),
});
