import * as z from "zod";
import { planTextKey } from "../../sync-access/plan-changes.ts";
import { wordField } from "../answer-fields.ts";
import type { TaskKind } from "../task-kind.ts";

interface PlanApprovalTask {
  readonly kind: "plan-approval";
  readonly planKey: string;
  readonly planHash: string;
  /** Sentences: which guardrails hold the plan. */
  readonly reasons: readonly string[];
}

const Answer = z.strictObject({ confirmation: wordField("APPROVE", "once you have read the plan") });

export const planApproval: TaskKind<PlanApprovalTask, typeof Answer> = {
  kind: "plan-approval",
  guide: ({ planKey, reasons }) => ({
    title: "Approve a plan that exceeds the guardrails",
    why: reasons.join(" "),
    steps: ["Read the plan.", "Approve it only if every deletion in it is meant."],
    document: { what: "the plan", key: planTextKey(planKey), fileName: "plan.txt" },
    next: "Landbridge plans again and applies exactly this plan, or asks anew if the world has changed.",
  }),
  answer: Answer,
  check: async ({ planHash }) => ({ output: { approvedHash: planHash } }),
  refusals: [],
  sample: {
    kind: "plan-approval",
    planKey: "plans/plan.json",
    planHash: "",
    reasons: ["The plan deletes or changes more than one run may do by itself."],
  },
};
