import { CONCERNS, publishHealth } from "@landbridge/core";
import * as z from "zod";
import { events } from "../_shared/emit-metrics.ts";
import { objects, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State PublishHealth: the health document, the event and, through it, the metrics. */
export const handler = step({
  input: z.object({
    inspected: z.array(
      z.object({
        concern: z.enum(CONCERNS),
        failure: z.object({ name: z.string(), cause: z.string() }).optional(),
      }),
    ),
  }),
  ports: { events, objects, records },
  run: ({ inspected }, deps) => publishHealth(inspected, deps),
});
