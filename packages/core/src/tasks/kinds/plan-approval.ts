import * as z from "zod";
import { FlowError } from "../../errors.ts";
import { planTextKey } from "../../sync-access/plan-changes.ts";
import { wordField } from "../answer-fields.ts";
import { mayBeSamePerson } from "../same-person.ts";
import type { TaskKind } from "../task-kind.ts";

interface PlanApprovalTask {
  readonly kind: "plan-approval";
  readonly planKey: string;
  readonly planHash: string;
  /** Sentences: which guardrails hold the plan. */
  readonly reasons: readonly string[];
  /** Who started the run, who may not approve it; null when the execution does not say. */
  readonly requestedBy: string | null;
}

const Answer = z.strictObject({ confirmation: wordField("APPROVE", "once you have read the plan") });

export const planApproval: TaskKind<PlanApprovalTask, typeof Answer> = {
  kind: "plan-approval",
  guide: ({ planKey, reasons, requestedBy }) => ({
    title: "Approve a plan that exceeds the guardrails",
    why: `${reasons.join(". ")}.`,
    warnings: [
      `Whoever started the run does not approve its plan${requestedBy === null ? "" : `: that is ${requestedBy}`}.`,
    ],
    steps: ["Read the plan.", "Approve it only if every deletion in it is meant."],
    document: { what: "The plan", key: planTextKey(planKey), fileName: "plan.txt" },
    next: "Landbridge plans again and applies exactly this plan, or asks anew if the world has changed.",
  }),
  answer: Answer,
  async check({ planHash, requestedBy }, _, { answeredBy }) {
    if (requestedBy !== null && mayBeSamePerson(requestedBy, answeredBy)) {
      throw new FlowError(
        "ApproverIsRequester",
        `${requestedBy} started this run, and ${answeredBy} may be the same person, who may not approve its plan`,
      );
    }
    return { output: { approvedHash: planHash } };
  },
  refusals: ["ApproverIsRequester"],
  sample: {
    kind: "plan-approval",
    planKey: "plans/plan.json",
    planHash: "",
    reasons: ["The plan deletes or changes more than one run may do by itself"],
    requestedBy: null,
  },
};
