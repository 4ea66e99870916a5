import type { Settings } from "../settings.ts";
import { checkGuardrails, type GuardrailFacts, type GuardrailVerdict } from "./check-guardrails.ts";
import type { Plan } from "./plan.ts";

/**
 * The verdict on the plan of a proposal. A proposal takes effect even while all runs are paused, so it is first held for
 * whatever would be held without the pause. A proposal that pauses all runs changes no access and is never held.
 */
export function checkProposal(
  plan: Pick<Plan, "counts" | "assignments" | "guardrails">,
  settings: Pick<Settings, "guardrails">,
  facts: GuardrailFacts,
): GuardrailVerdict {
  const judged = checkGuardrails(plan, settings, facts);
  if (judged.verdict !== "paused" || plan.guardrails.paused) return judged;
  const unpaused = { guardrails: { ...settings.guardrails, paused: false } };
  const meant = checkGuardrails(plan, unpaused, { ...facts, pausedBecause: null });
  return meant.verdict === "hold" ? meant : judged;
}
