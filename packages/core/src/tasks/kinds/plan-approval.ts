import * as z from "zod";
import { FlowError } from "../../errors.ts";
import { recordDecision } from "../../holds/decision.ts";
import { planHash as hashOf } from "../../plan/plan-hash.ts";
import type { Plan } from "../../plan/plan.ts";
import { renderPlan } from "../../plan/render-plan.ts";
import type { PolicyRef } from "../../policy-versions/policy-ref.ts";
import type { RunOrigin } from "../../provenance/find-origin.ts";
import { type Provenance, provenanceOf } from "../../provenance/provenance.ts";
import { APPROVERS_SETTING, refuseApprover, whatIsUnknown } from "../../provenance/refuse-approver.ts";
import { readSnapshot } from "../../sync-access/snapshot.ts";
import { wordField } from "../answer-fields.ts";
import type { TaskKind } from "../task-kind.ts";

interface PlanApprovalTask {
  readonly kind: "plan-approval";
  readonly planKey: string;
  readonly planHash: string;
  /** Sentences: which guardrails hold the plan. */
  readonly reasons: readonly string[];
  /** The version that the plan is for. */
  readonly policy: Pick<PolicyRef, "versionId" | "hash" | "isProposal">;
  readonly origin: RunOrigin;
  /** The origin as known when the task was opened; the approver is checked by what is known at that time. */
  readonly provenance: Provenance;
  /** The approvers that the deployment names for plans with an unknown author. */
  readonly approvers: readonly string[];
}

const Answer = z.strictObject({ confirmation: wordField("APPROVE", "once you have read the plan") });

export const planApproval: TaskKind<PlanApprovalTask, typeof Answer> = {
  kind: "plan-approval",
  guide: ({ reasons, provenance, approvers }) => ({
    title: "Approve a plan that exceeds the guardrails",
    why: `${reasons.join(". ")}.`,
    warnings: [...warnOfExcluded(provenance), ...warnOfUnknown(provenance, approvers)],
    steps: ["Read the plan.", "Approve it only if every deletion in it is intended."],
    document: { what: "The plan", fileName: "plan.txt" },
    next: "Landbridge plans again and applies exactly this plan, or asks again if something has changed.",
  }),
  async readDocument({ planKey, planHash }, ports) {
    const plan = await readSnapshot<Plan>(planKey, ports);
    if (hashOf(plan) === planHash) return `${renderPlan(plan)}\n`;
    throw new FlowError("StoredObjectChanged", `${planKey} is not the plan that this task is about`);
  },
  answer: Answer,
  async check({ planHash, origin, policy, approvers }, _, { answeredBy, records }) {
    refuseApprover(answeredBy, await provenanceOf(origin, policy, { records }), approvers);
    return { output: { approvedHash: planHash } };
  },
  async noteDecision({ planHash, policy }, { isYes, by, ...decision }, ports) {
    await recordDecision(
      {
        ...decision,
        planHash,
        policyVersion: policy.versionId,
        policyHash: policy.hash,
        proposal: policy.isProposal ? policy.hash : null,
        decision: isYes ? "approved" : "declined",
        decidedBy: by,
      },
      ports,
    );
  },
  refusals: ["ApproverIsRequester", "ApproverIsAuthor", "ApproverNotNamed"],
  sample: {
    kind: "plan-approval",
    planKey: "plans/plan.json",
    planHash: "",
    reasons: ["The plan deletes or changes more than one run may do by itself"],
    policy: { versionId: "", hash: "", isProposal: true },
    origin: { executionArn: "", claim: null, waitingFlow: null },
    provenance: {
      starter: { is: "unknown" },
      writers: ["ada@example.com"],
      excluded: ["ada@example.com"],
    },
    approvers: ["bo@example.com"],
  },
};

function warnOfExcluded({ excluded }: Provenance): string[] {
  const rule = "The person who wrote the policy or started the run may not approve its plan";
  return [excluded.length === 0 ? `${rule}.` : `${rule}: ${excluded.join(", ")}.`];
}

function warnOfUnknown(provenance: Provenance, approvers: readonly string[]): string[] {
  const unknown = whatIsUnknown(provenance);
  if (unknown === null) return [];
  const named =
    approvers.length === 0
      ? `${APPROVERS_SETTING} names nobody yet: name approvers there, deploy, and start sync-access once`
      : `only approvers that ${APPROVERS_SETTING} names may approve: ${approvers.join(", ")}`;
  return [`Nobody knows ${unknown}: ${named}.`];
}
