import { isFlowError } from "../errors.ts";
import { tightenGuardrails } from "../plan/tighten-guardrails.ts";
import { parseAccessPolicy } from "../policy/parse-policy.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";
import { findInForce } from "./policy-in-force.ts";
import { fileNameOf } from "./policy-ref.ts";

/**
 * Settings for checking a proposal: the stricter one of the deployment's limits and those of the policy in force, so that no
 * proposal loosens the limits for its own plan. It may lift the pause of the policy in force.
 */
export async function withLimitsInForce<S extends Pick<Settings, "policyKey" | "guardrails">>(
  settings: S,
  { objects }: { readonly objects: Pick<Ports["objects"], "currentVersion" | "read"> },
): Promise<S> {
  const inForce = await findInForce(settings.policyKey, objects);
  if (!inForce) return settings;
  const { guardrails } = settings;
  try {
    const policy = parseAccessPolicy(inForce.text, fileNameOf(settings.policyKey));
    const limits = tightenGuardrails(guardrails, { ...policy.guardrails, paused: false });
    return { ...settings, guardrails: limits };
  } catch (error) {
    if (!isFlowError(error, "PolicyInvalid")) throw error;
    // The intended limits are unknown.
    return { ...settings, guardrails: { ...guardrails, maxDeletions: 0 } };
  }
}
