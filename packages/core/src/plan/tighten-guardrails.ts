import type { PolicyGuardrails } from "../policy/policy.ts";
import type { Guardrails } from "../settings.ts";

/** The limits that hold: of the deployment's and the policy's always the stricter one. */
export function tightenGuardrails(deployed: Guardrails, policy: PolicyGuardrails): Guardrails {
  return {
    maxDeletions: Math.min(deployed.maxDeletions, policy.maxDeletions ?? Number.POSITIVE_INFINITY),
    maxDeletionPercent: Math.min(
      deployed.maxDeletionPercent,
      policy.maxDeletionPercent ?? Number.POSITIVE_INFINITY,
    ),
    deletionsPerDay: Math.min(deployed.deletionsPerDay, policy.deletionsPerDay ?? Number.POSITIVE_INFINITY),
    approveAbove: {
      assignments: stricter(deployed.approveAbove.assignments, policy.approveAbove.assignments),
      accounts: stricter(deployed.approveAbove.accounts, policy.approveAbove.accounts),
    },
    paused: deployed.paused || policy.paused,
  };
}

function stricter(one: number | null, other: number | null): number | null {
  if (one === null || other === null) return one ?? other;
  return Math.min(one, other);
}
