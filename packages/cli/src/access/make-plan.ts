import {
  type AccessPolicy,
  bindPolicy,
  guardrailsFor,
  type GuardrailVerdict,
  ownAssignments,
  type Plan,
  planAccess,
  planHash,
  policySelectors,
  readDirectory,
  readGuardrailFacts,
  readInstanceSnapshot,
  readLedger,
} from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";
import type { ChosenPolicy } from "./choose-policy.ts";

export interface JudgedPlan {
  readonly policy: AccessPolicy;
  readonly plan: Plan;
  readonly hash: string;
  readonly verdict: GuardrailVerdict;
}

/** Reads both clouds and reports what would change. Writes nothing. */
export async function makePlan(
  { policy, proposed }: ChosenPolicy,
  deps: Deps,
  say: (text: string) => void,
): Promise<JudgedPlan> {
  const [{ directory, organization, instance, now }, records] = await Promise.all([
    readWorld(policy, deps, say),
    readLedger(deps),
  ]);
  const { settings } = deps;
  const plan = planAccess({
    bound: bindPolicy(policy, { organization, directory, now }, settings),
    policy,
    organization,
    instance,
    ledger: ownAssignments(records, instance),
    settings,
    now,
  });
  const hash = planHash(plan);
  const check = await guardrailsFor({ isProposal: proposed !== null }, settings, deps);
  return { policy, plan, hash, verdict: check(plan, await readGuardrailFacts(deps)) };
}

/** Reads both clouds, as far as the policy needs them, and reports when each is read. */
export async function readWorld(policy: AccessPolicy, deps: Deps, say: (text: string) => void) {
  const reading = async <T>(what: string, read: Promise<T>): Promise<T> => {
    const result = await read;
    say(`read ${what}`);
    return result;
  };
  const [directory, organization, instance] = await Promise.all([
    reading("the directory", readDirectory(policy, deps)),
    reading("the organization", deps.organization.read({ tags: policySelectors(policy).needsTags })),
    reading("the instance", readInstanceSnapshot(policy, deps)),
  ]);
  return { directory, organization, instance, now: new Date(deps.clock.now()).toISOString() };
}

/** Whether applying the plan would write anything. */
export function changesAnything({ permissionSets, provisioning, assignments }: Plan): boolean {
  return permissionSets.length + provisioning.length + assignments.length > 0;
}
