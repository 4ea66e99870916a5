import { inspectCertificate } from "@landbridge/core";
import * as z from "zod";
import { applications, executions, identityCenter, records } from "../_shared/ports.ts";
import { step } from "../_shared/step.ts";

/** State InspectCertificate: whether a rotation is due, requested, or already running. */
export const handler = step({
  input: z.object({
    request: z.strictObject({
      force: z.boolean().default(false),
      requestedBy: z.string().max(200).nullable().default(null),
    }),
    executionArn: z.string(),
  }),
  ports: { applications, executions, identityCenter, records },
  run: ({ request: { force }, executionArn }, deps) => inspectCertificate({ force, executionArn }, deps),
});
