import type { Settings } from "../settings.ts";
import type { Plan } from "./plan.ts";
import { tightenGuardrails } from "./tighten-guardrails.ts";

export interface GuardrailVerdict {
  /** `paused`: it may not be carried out at all now, whoever approves. */
  readonly verdict: "go" | "hold" | "paused";
  /** Why it is held or paused, a sentence each; empty when it may go. */
  readonly reasons: readonly string[];
}

/** What the records say at the time of judging. */
export interface GuardrailFacts {
  /** How many assignments the ledger has. */
  readonly ledgered: number;
  /** Deletions of the last 24 hours. */
  readonly recentDeletions: number;
  /** Why somebody has paused all runs, or null. */
  readonly pausedBecause: string | null;
}

/** Below this many assignments a share says nothing: one of three is no mass deletion. */
const SHARE_COUNTS_FROM = 20;

/** Whether a plan may be carried out without approval: the limits are those of the deployment and of the policy. */
export function checkGuardrails(
  plan: Pick<Plan, "counts" | "assignments" | "guardrails">,
  settings: Pick<Settings, "guardrails">,
  facts: GuardrailFacts,
): GuardrailVerdict {
  const limits = tightenGuardrails(settings.guardrails, plan.guardrails);
  if (facts.pausedBecause !== null) {
    return { verdict: "paused", reasons: [`all runs are paused: ${facts.pausedBecause}`] };
  }
  if (limits.paused) {
    const who = settings.guardrails.paused ? "the deployment's settings pause" : "the access policy pauses";
    return { verdict: "paused", reasons: [`${who} all runs`] };
  }
  const { deletes } = plan.counts;
  const changes = plan.assignments.length;
  const accounts = new Set(plan.assignments.map(({ accountId }) => accountId)).size;
  const { maxDeletions, maxDeletionPercent, deletionsPerDay, approveAbove } = limits;
  const reasons: string[] = [];
  if (deletes > maxDeletions) {
    reasons.push(`${deletes} assignments would be deleted; without approval at most ${maxDeletions} are`);
  }
  if (facts.ledgered >= SHARE_COUNTS_FROM && deletes * 100 > maxDeletionPercent * facts.ledgered) {
    reasons.push(
      `${deletes} of ${facts.ledgered} assignments would be deleted; without approval at most ${maxDeletionPercent} % are`,
    );
  }
  if (deletes > 0 && facts.recentDeletions + deletes > deletionsPerDay) {
    reasons.push(
      `${deletes} assignments would be deleted after ${facts.recentDeletions} in the last 24 hours; ` +
        `without approval at most ${deletionsPerDay} are`,
    );
  }
  if (approveAbove.assignments !== null && changes > approveAbove.assignments) {
    reasons.push(
      `${changes} assignments would change; without approval at most ${approveAbove.assignments} do`,
    );
  }
  if (approveAbove.accounts !== null && accounts > approveAbove.accounts) {
    reasons.push(`${accounts} accounts would change; without approval at most ${approveAbove.accounts} do`);
  }
  return { verdict: reasons.length === 0 ? "go" : "hold", reasons };
}
