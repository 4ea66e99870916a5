import { checkGuardrails, type GuardrailFacts, type GuardrailVerdict } from "../plan/check-guardrails.ts";
import { FlowError } from "../errors.ts";
import { countOwn } from "../ledger/ledger-entry.ts";
import { planHash } from "../plan/plan-hash.ts";
import type { Plan } from "../plan/plan.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { recentDeletions, reserveDeletions, settleDeletions } from "./deletion-budget.ts";
import { describePause, readPause } from "./pause.ts";
import { earlierChanges } from "./plan-progress.ts";
import { readSnapshot } from "./snapshot.ts";

interface Judgement {
  readonly planKey: string;
  readonly planHash: string;
  /** A plan that is only looked at reserves nothing. */
  readonly mode: "plan" | "apply";
  /** Hash of the plan that somebody has approved; empty: none. */
  readonly approvedHash: string;
  readonly executionArn: string;
  /** Keys of the plans of this run that were begun: its limits hold for all of them together. */
  readonly begunPlans: readonly string[];
}

/**
 * Checks a kept plan against the guardrails, before anything is written. What may be carried out has its deletions reserved
 * in the budget of the day by the same check, so that neither another run nor the same one spends it twice.
 */
export async function judgePlan(
  { planKey, planHash: hash, mode, approvedHash, executionArn, begunPlans }: Judgement,
  { settings, ...ports }: Pick<Ports, "objects" | "records" | "clock"> & { readonly settings: Settings },
): Promise<GuardrailVerdict> {
  const plan = await readSnapshot<Plan>(planKey, ports);
  if (planHash(plan) !== hash)
    throw new FlowError("StoredObjectChanged", `${planKey} is not the plan that was made`);
  if (mode === "apply") await settleDeletions({ executionArn, planKey, plan }, ports);
  const facts = await readGuardrailFacts(ports, { executionArn, begunPlans, planKey, plan });
  let judged = checkGuardrails(plan, settings, facts);
  const isApproved = approvedHash === hash;
  const count = plan.counts.deletes;
  if (mode === "plan" || count === 0 || (judged.verdict !== "go" && !isApproved)) return judged;
  const isWithin = (others: number) => {
    judged = checkGuardrails(plan, settings, { ...facts, recentDeletions: others });
    return judged.verdict === "go" || (judged.verdict === "hold" && isApproved);
  };
  await reserveDeletions({ executionArn, planKey, count }, isWithin, ports);
  return judged;
}

/** A run that has a plan now, and the keys of those that it has begun. */
interface JudgedRun {
  readonly executionArn: string;
  readonly begunPlans: readonly string[];
  readonly planKey: string;
  readonly plan: Pick<Plan, "assignments">;
}

/**
 * What a verdict depends on besides the plan and the limits.
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
