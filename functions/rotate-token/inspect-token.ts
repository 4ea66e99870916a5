import { inspectToken } from "@landbridge/core";
import * as z from "zod";
import { executions, provisioning, records, scim, secrets, tokenSupplier } from "../_shared/ports.ts";
import { RotationRequest } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State InspectToken: whether a rotation is due, requested, or already running. */
export const handler = step({
  input: z.object({ request: RotationRequest, executionArn: z.string() }),
  ports: { executions, provisioning, records, scim, secrets, tokenSupplier },
  run: ({ request: { force, reason }, executionArn }, deps) =>
    inspectToken({ force, reason, executionArn }, deps),
});
