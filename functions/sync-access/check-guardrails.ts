import { judgePlan } from "@landbridge/core";
import { objects, records } from "../_shared/ports.ts";
import { PlanReference } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State CheckGuardrails: may the plan be carried out without approval? */
export const handler = step({
  input: PlanReference,
  ports: { objects, records },
  run: ({ planKey }, deps) => judgePlan(planKey, deps),
});
