import { createHash } from "node:crypto";
import type { InstanceSnapshot } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import { canonicalJson } from "../policy/canonical-json.ts";
import { canonicalSpec } from "../policy/canonical-spec.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { ActualAssignment } from "./actual-assignments.ts";

interface PlannedState {
  /** Keys of the assignments that the policy asks for. */
  readonly desired: readonly string[];
  readonly policy: Pick<AccessPolicy, "permissionSets">;
  readonly organization: Organization;
  readonly instance: InstanceSnapshot;
  readonly actual: readonly ActualAssignment[];
  readonly ledger: ReadonlySet<string>;
}

/**
 * SHA-256 of everything that decides a plan, whatever order it was read in. Identity store ids are left out: bringing
 * an awaited principal there is part of carrying the plan out and does not make it stale.
 */
export function stateHash({ desired, policy, organization, instance, actual, ledger }: PlannedState): string {
  const state = {
    desired: sortedTexts(desired),
    actual: sortedTexts(actual.map(({ key }) => key)),
    ledger: sortedTexts(ledger),
    own: sortedTexts(instance.ownPermissionSetArns),
    accounts: sortedTexts(organization.accounts.map(({ id, state }) => `${id} ${state}`)),
    permissionSets: Object.entries(policy.permissionSets).map(([name, spec]) => [name, canonicalSpec(spec)]),
    existing: instance.permissionSets.map(({ arn, name, spec }) => [name, arn, canonicalSpec(spec)]),
  };
  const text = canonicalJson({
    ...state,
    permissionSets: sortedTexts(state.permissionSets.map(canonicalJson)),
    existing: sortedTexts(state.existing.map(canonicalJson)),
  });
  return createHash("sha256").update(text).digest("hex");
}

function sortedTexts(texts: Iterable<string>): string[] {
  return [...texts].toSorted();
}
