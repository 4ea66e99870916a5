import type { Settings } from "../settings.ts";
import type { Plan } from "./plan.ts";

export interface GuardrailVerdict {
  readonly verdict: "go" | "hold";
  /** Why it is held, a sentence each; empty when it is not. */
  readonly reasons: readonly string[];
}

/** Below this many assignments a share says nothing: one of three is no mass deletion. */
const SHARE_COUNTS_FROM = 20;

/** Whether a plan may be carried out without approval. `ledgered`: how many assignments of the ledger exist now. */
export function checkGuardrails(
  { counts }: Pick<Plan, "counts">,
  { guardrails: { maxDeletions, maxDeletionPercent } }: Pick<Settings, "guardrails">,
  ledgered: number,
): GuardrailVerdict {
  const { deletes } = counts;
  const reasons: string[] = [];
  if (deletes > maxDeletions) {
    reasons.push(`${deletes} assignments would be deleted; without approval at most ${maxDeletions} are`);
  }
  if (ledgered >= SHARE_COUNTS_FROM && deletes * 100 > maxDeletionPercent * ledgered) {
    reasons.push(
      `${deletes} of ${ledgered} assignments would be deleted; without approval at most ${maxDeletionPercent} % are`,
    );
  }
  return { verdict: reasons.length === 0 ? "go" : "hold", reasons };
}
