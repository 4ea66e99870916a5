import { type Plan, planHash, renderPlan, renderPlanMarkdown } from "@landbridge/core";
import type { JudgedPlan } from "./make-plan.ts";

export type PlanForm = "text" | "json" | "markdown";

/** The plan and the verdict of the guardrails, ending in a newline. */
export function renderJudgedPlan({ plan, hash, verdict }: JudgedPlan, form: PlanForm): string {
  if (form === "json") return `${JSON.stringify({ hash, verdict, plan }, null, 2)}\n`;
  if (form === "markdown")
    return `${[renderPlanMarkdown(plan), ...verdict.reasons.map(heldMarkdown)].join("\n\n")}\n`;
  const held = verdict.reasons.map((reason) => `  ${reason}`);
  const guardrails = held.length === 0 ? [] : ["", "Held for approval:", ...held];
  return `${[renderPlan(plan), ...guardrails].join("\n")}\n`;
}

/** A plan made by the deployment; its guardrails check it when it is carried out. */
export function renderRemotePlan(plan: Plan, form: PlanForm): string {
  switch (form) {
    case "json":
      return `${JSON.stringify({ hash: planHash(plan), plan }, null, 2)}\n`;
    case "markdown":
      return `${renderPlanMarkdown(plan)}\n`;
    case "text":
      return `${renderPlan(plan)}\n`;
  }
}

function heldMarkdown(reason: string): string {
  return `> **Held for approval:** ${reason}`;
}
