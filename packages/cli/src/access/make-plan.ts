import { basename } from "node:path";
import {
  type AccessPolicy,
  bindPolicy,
  checkGuardrails,
  type GuardrailVerdict,
  loadPolicy,
  ownAssignments,
  parseAccessPolicy,
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
import { readText } from "../read-text.ts";

export interface JudgedPlan {
  readonly policy: AccessPolicy;
  readonly plan: Plan;
  readonly hash: string;
  readonly verdict: GuardrailVerdict;
}

/** The access policy of a file, or, without one, that of the deployment. */
export async function readPolicy(file: string | undefined, deps: Deps): Promise<AccessPolicy> {
  if (file === undefined) return loadPolicy(deps.settings, deps);
  return parseAccessPolicy(await readText(file), basename(file));
}

/** Reads both clouds and says what would change. Writes nothing. */
export async function makePlan(
  policy: AccessPolicy,
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
  const verdict = checkGuardrails(plan, settings, await readGuardrailFacts(deps));
  return { policy, plan, hash, verdict };
}

/** Reads both clouds, as far as the policy is about them, and says of each when it is read. */
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

/** Whether carrying it out would write anything. */
export function changesAnything({ permissionSets, assignments }: Plan): boolean {
  return permissionSets.length + assignments.length > 0;
}
