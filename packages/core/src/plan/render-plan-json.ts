import type { Plan } from "./plan.ts";

/** The plan as one JSON document, `version` first, to be stored and read by programs. Ends without a newline. */
export function renderPlanJson(plan: Plan): string {
  return JSON.stringify(plan, null, 2);
}
