import { checkGuardrails, type GuardrailFacts, type GuardrailVerdict } from "../plan/check-guardrails.ts";
import { checkProposal } from "../plan/check-proposal.ts";
import { FlowError } from "../errors.ts";
import { countOwn } from "../ledger/ledger-entry.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Plan } from "../plan/plan.ts";
import { withLimitsInForce } from "../policy-versions/limits-in-force.ts";
import type { PolicyRef } from "../policy-versions/policy-ref.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { recentDeletions, reserveDeletions, settleDeletions } from "./deletion-budget.ts";
import { describePause, readPause } from "./pause.ts";
import { earlierChanges } from "./plan-progress.ts";
import { readSnapshot } from "./snapshot.ts";
import { policyReplaced } from "./write-proof.ts";

interface Judgement {
  readonly planKey: string;
  readonly planHash: string;
  /** The policy that the plan is for. */
  readonly policy: Pick<PolicyRef, "isProposal" | "key" | "versionId">;
  /** In mode `plan` nothing is reserved. */
  readonly mode: "plan" | "apply";
  /** Hash of the plan that somebody has approved; empty: none. */
  readonly approvedHash: string;
  readonly executionArn: string;
  /** Keys of the plans of this run that were begun: its limits hold for all of them together. */
  readonly begunPlans: readonly string[];
}

/**
 * Checks a stored plan against the guardrails before anything is written; a proposal's plan also against those in force. If
 * it may be applied, the same check reserves its deletions in the day's budget, so that neither another run nor the same one
 * spends it twice.
 * @throws {FlowError} SyncPaused or RunOvertaken, unless the run only plans or proposes a policy; StoredObjectChanged
 */
export async function judgePlan(
  { planKey, planHash: hash, policy, mode, approvedHash, executionArn, begunPlans }: Judgement,
  { settings, ...ports }: Pick<Ports, "objects" | "records" | "clock"> & { readonly settings: Settings },
): Promise<GuardrailVerdict> {
  const plan = await readSnapshot<Plan>(planKey, ports);
  if (planHash(plan) !== hash)
    throw new FlowError("StoredObjectChanged", `${planKey} is not the plan that was made`);
  if (mode === "apply") await settleDeletions({ executionArn, planKey, plan }, ports);
  const facts = await readGuardrailFacts(ports, { executionArn, begunPlans, planKey, plan });
  const check = await guardrailsFor(policy, settings, ports);
  let judged = check(plan, facts);
  if (judged.verdict === "paused" && mode === "apply" && !policy.isProposal)
    throw await refusal(judged.reasons, policy, ports);
  const isApproved = approvedHash === hash;
  const count = plan.counts.deletes;
  if (mode === "plan" || count === 0 || (judged.verdict !== "go" && !isApproved)) return judged;
  const isWithin = (others: number) => {
    judged = check(plan, { ...facts, recentDeletions: others });
    return judged.verdict === "go" || (judged.verdict === "hold" && isApproved);
  };
  await reserveDeletions({ executionArn, planKey, count }, isWithin, ports);
  return judged;
}

/**
 * Ends a paused run here, rather than in the next state: the pause may be over by then, and nothing was judged or reserved. A
 * redriven run, whose policy is not in force any more, reads that one instead.
 */
async function refusal(
  reasons: readonly string[],
  { key, versionId }: Pick<PolicyRef, "key" | "versionId">,
  { objects }: Pick<Ports, "objects">,
): Promise<FlowError> {
  if ((await objects.currentVersion(key)) !== versionId) return policyReplaced();
  return new FlowError("SyncPaused", reasons.join("; "));
}

type Check = (
  plan: Pick<Plan, "counts" | "assignments" | "guardrails">,
  facts: GuardrailFacts,
) => GuardrailVerdict;

/** The rules for checking plans for a policy, by the current limits. */
export async function guardrailsFor(
  { isProposal }: Pick<PolicyRef, "isProposal">,
  settings: Pick<Settings, "policyKey" | "guardrails">,
  ports: { readonly objects: Pick<Ports["objects"], "currentVersion" | "read"> },
): Promise<Check> {
  if (!isProposal) return (plan, facts) => checkGuardrails(plan, settings, facts);
  const limits = await withLimitsInForce(settings, ports);
  return (plan, facts) => checkProposal(plan, limits, facts);
}

/** A run that has a plan now, and the keys of those that it has begun. */
interface JudgedRun {
  readonly executionArn: string;
  readonly begunPlans: readonly string[];
  readonly planKey: string;
  readonly plan: Pick<Plan, "assignments">;
}

/**
 * What a verdict depends on, in addition to the plan and the limits.
 * @param run whose own reservation does not count; absent: of somebody who only looks
 */
export async function readGuardrailFacts(
  ports: Pick<Ports, "objects" | "records" | "clock">,
  run?: JudgedRun,
): Promise<GuardrailFacts> {
  const earlierPlans = run?.begunPlans.filter((key) => key !== run.planKey) ?? [];
  const [ledgered, deletions, pause, earlier] = await Promise.all([
    countOwn(ports),
    recentDeletions(ports, run?.executionArn),
    readPause(ports),
    run ? earlierChanges(earlierPlans, run.plan, ports) : [],
  ]);
  const pausedBecause = pause && describePause(pause);
  return { ledgered, recentDeletions: deletions, earlierChanges: earlier, pausedBecause };
}
