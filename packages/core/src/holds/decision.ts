import type { PlanDecision } from "../model/plan-decision.ts";
import type { Ports } from "../ports/ports.ts";

/** As long as closed tasks are kept. */
const KEPT_MILLISECONDS = 104 * 24 * 3_600_000;

export async function recordDecision(
  decision: PlanDecision,
  { records, events, clock }: Pick<Ports, "records" | "events" | "clock">,
): Promise<void> {
  const expiresAt = clock.now() + KEPT_MILLISECONDS;
  await records.put("decision", decision.planHash, decision, { expiresAt });
  events.emit("plan.decided", decision);
}

export async function readDecision(
  planHash: string,
  { records }: Pick<Ports, "records">,
): Promise<PlanDecision | null> {
  return (await records.get<PlanDecision>("decision", planHash))?.value ?? null;
}
