import type { Settings } from "../settings.ts";
import type { AssignmentChange, Plan } from "./plan.ts";
import { tightenGuardrails } from "./tighten-guardrails.ts";

export interface GuardrailVerdict {
  /** `paused`: it may not be applied now, no matter who approves it. */
  readonly verdict: "go" | "hold" | "paused";
  /** Why it is held or paused, one sentence each; empty if it may be applied. */
  readonly reasons: readonly string[];
}

/** What the records say when the plan is checked. */
export interface GuardrailFacts {
  /** The number of assignments in the ledger. */
  readonly ledgered: number;
  /** Deletions of the last 24 hours. */
  readonly recentDeletions: number;
  /** What earlier plans of the same run have changed, or may have changed. */
  readonly earlierChanges: readonly Pick<AssignmentChange, "action" | "accountId">[];
  /** Who paused all runs and why, as a sentence without its full stop; null if nobody did. */
  readonly pausedBecause: string | null;
}

/** Below this many assignments a percentage is meaningless: one of three is not a mass deletion. */
const SHARE_COUNTS_FROM = 20;

/** Decides whether a plan may be applied without approval, by the limits of the deployment and of the policy. */
export function checkGuardrails(
  plan: Pick<Plan, "counts" | "assignments" | "guardrails">,
  settings: Pick<Settings, "guardrails">,
  facts: GuardrailFacts,
): GuardrailVerdict {
  const limits = tightenGuardrails(settings.guardrails, plan.guardrails);
  if (facts.pausedBecause !== null) {
    return { verdict: "paused", reasons: [facts.pausedBecause] };
  }
  if (limits.paused) {
    const who = settings.guardrails.paused ? "the deployment's settings pause" : "the access policy pauses";
    return { verdict: "paused", reasons: [`${who} all runs`] };
  }
  const { earlierChanges: earlier } = facts;
  const deleted = earlier.filter(({ action }) => action === "delete").length;
  const { deletes } = plan.counts;
  const changes = earlier.length + plan.assignments.length;
  const accounts = new Set([...earlier, ...plan.assignments].map(({ accountId }) => accountId)).size;
  const wouldBe = deleted === 0 ? "would be deleted" : `would be deleted after ${deleted} by the same run`;
  const { maxDeletions, maxDeletionPercent, deletionsPerDay, approveAbove } = limits;
  const reasons: string[] = [];
  if (deletes > 0 && deleted + deletes > maxDeletions) {
    reasons.push(`${deletes} assignments ${wouldBe}; without approval at most ${maxDeletions} are`);
  }
  const before = facts.ledgered + deleted;
  if (deletes > 0 && before >= SHARE_COUNTS_FROM && (deleted + deletes) * 100 > maxDeletionPercent * before) {
    reasons.push(
      `${deletes} of ${before} assignments ${wouldBe}; without approval at most ${maxDeletionPercent} % are`,
    );
  }
  if (deletes > 0 && facts.recentDeletions + deletes > deletionsPerDay) {
    reasons.push(
      `${deletes} assignments would be deleted after ${facts.recentDeletions} in the last 24 hours; ` +
        `without approval at most ${deletionsPerDay} are`,
    );
  }
  if (plan.assignments.length === 0) return verdictOf(reasons);
  if (approveAbove.assignments !== null && changes > approveAbove.assignments) {
    reasons.push(
      `${changes} assignments would change; without approval at most ${approveAbove.assignments} do`,
    );
  }
  if (approveAbove.accounts !== null && accounts > approveAbove.accounts) {
    reasons.push(`${accounts} accounts would change; without approval at most ${approveAbove.accounts} do`);
  }
  return verdictOf(reasons);
}

function verdictOf(reasons: readonly string[]): GuardrailVerdict {
  return { verdict: reasons.length === 0 ? "go" : "hold", reasons };
}
