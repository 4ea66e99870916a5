import { renderPlan, renderPlanMarkdown } from "@landbridge/core";
import type { JudgedPlan } from "./make-plan.ts";

export type PlanForm = "text" | "json" | "markdown";

/** The plan and the verdict of the guardrails, ending in a newline. */
export function renderJudgedPlan({ plan, hash, verdict }: JudgedPlan, form: PlanForm): string {
  if (form === "json") return `${JSON.stringify({ hash, verdict, plan }, null, 2)}\n`;
  if (form === "markdown")
    return `${[renderPlanMarkdown(plan), ...verdict.reasons.map(heldMarkdown)].join("\n\n")}\n`;
  const held = verdict.reasons.map((reason) => `  ${reason}`);
  const guardrails = held.length === 0 ? [] : ["", "Held until somebody approves it:", ...held];
  return `${[renderPlan(plan), ...guardrails].join("\n")}\n`;
}

function heldMarkdown(reason: string): string {
  return `> **Held until somebody approves it:** ${reason}`;
}
