import { createHash, type Hash } from "node:crypto";
import type { InstancePermissionSet, InstanceSnapshot, ScopedSnapshot } from "../model/instance.ts";
import type { Organization } from "../model/organization.ts";
import { canonicalJson } from "../text/canonical-json.ts";
import { canonicalSpec } from "../policy/canonical-spec.ts";
import type { AccessPolicy } from "../policy/policy.ts";
import type { AssignmentNumbers, NumberSet } from "./number-assignments.ts";

interface PlannedState {
  readonly numbers: AssignmentNumbers;
  /** The assignments that the policy asks for. */
  readonly desired: NumberSet;
  readonly actual: NumberSet;
  readonly policy: Pick<AccessPolicy, "permissionSets">;
  readonly organization: Organization;
  readonly instance: InstanceSnapshot | ScopedSnapshot;
  /** Existing assignments that are unwanted and Landbridge's own: everything in the ledger that affects a plan. */
  readonly own: Iterable<string>;
}

/** The number of texts hashed at once: enough to be fast, few enough to be small. */
const TEXTS_AT_ONCE = 1_000;

/**
 * SHA-256 of everything that decides a plan, independent of read order. It excludes identity store ids: provisioning an
 * awaited principal is part of applying the plan and does not make it stale.
 */
export function stateHash(state: PlannedState): string {
  const { policy, organization, instance, own } = state;
  const hash = createHash("sha256");
  state.numbers.hashInto(hash);
  state.desired.hashInto(hash);
  state.actual.hashInto(hash);
  hashTexts(hash, own);
  hashTexts(
    hash,
    organization.accounts.map((account) => `${account.id} ${account.state}`),
  );
  hashTexts(
    hash,
    Object.entries(policy.permissionSets).map(([name, spec]) => canonicalJson([name, canonicalSpec(spec)])),
  );
  hashTexts(hash, instance.permissionSets.map(toText));
  hashTexts(hash, "scope" in instance ? [instance.scope.scope, ...instance.scope.ids] : []);
  hashTexts(hash, "scope" in instance ? [] : instance.ownPermissionSetArns);
  const outdated = "scope" in instance ? [] : instance.outdated;
  hashTexts(
    hash,
    outdated.map(({ permissionSetArn, accountId }) => `${permissionSetArn} ${accountId}`),
  );
  return hash.digest("hex");
}

function toText({
  name,
  arn,
  ...more
}: InstancePermissionSet | ScopedSnapshot["permissionSets"][number]): string {
  return canonicalJson([name, arn, "spec" in more ? canonicalSpec(more.spec) : null]);
}

function hashTexts(hash: Hash, texts: Iterable<string>): void {
  const sorted = [...texts].sort();
  hash.update(`${sorted.length} `);
  for (let from = 0; from < sorted.length; from += TEXTS_AT_ONCE)
    hash.update(JSON.stringify(sorted.slice(from, from + TEXTS_AT_ONCE)));
}
