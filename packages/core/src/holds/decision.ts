import * as z from "zod";
import type { PlanDecision } from "../model/plan-decision.ts";
import type { Ports } from "../ports/ports.ts";
import { defineRecord } from "../records/define-record.ts";

export const DECISIONS = defineRecord<PlanDecision>({
  kind: "decision",
  version: 1,
  schema: z.object({
    planHash: z.string(),
    policyVersion: z.string(),
    policyHash: z.string(),
    proposal: z.string().nullable(),
    decision: z.enum(["approved", "declined"]),
    decidedBy: z.string(),
    at: z.iso.datetime(),
    reason: z.string().nullable(),
    taskId: z.string(),
    executionArn: z.string(),
  }),
});

/** As long as closed tasks are kept. */
const KEPT_MILLISECONDS = 104 * 24 * 3_600_000;

export async function recordDecision(
  decision: PlanDecision,
  { records, events, clock }: Pick<Ports, "records" | "events" | "clock">,
): Promise<void> {
  const expiresAt = clock.now() + KEPT_MILLISECONDS;
  await DECISIONS.put(records, decision.planHash, decision, { expiresAt });
  events.emit("plan.decided", decision);
}

export async function readDecision(
  planHash: string,
  { records }: Pick<Ports, "records">,
): Promise<PlanDecision | null> {
  return (await DECISIONS.get(records, planHash))?.value ?? null;
}
