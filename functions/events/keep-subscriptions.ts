import { keepSubscriptions } from "@landbridge/core";
import * as z from "zod";
import { executions, groupChanges, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

const Lifecycle = z.array(z.object({ event: z.string() }));

/** Runs every hour, and when Graph notifies the webhook about the subscription itself. */
export const handler = step({
  input: z.object({ lifecycle: Lifecycle.default([]) }),
  ports: { executions, groupChanges, records },
  run: ({ lifecycle }, deps) =>
    keepSubscriptions(
      lifecycle.some(({ event }) => event === "reauthorizationRequired"),
      deps,
    ),
});
