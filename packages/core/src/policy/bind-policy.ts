import type { Settings } from "../settings.ts";
import { bindConventions } from "./bind-conventions.ts";
import { type BoundRules, bindRules } from "./bind-rules.ts";
import type { BoundPolicy, BoundPrincipal } from "./bound-policy.ts";
import { compareText } from "../text/canonical-json.ts";
import { warnOfVainExceptions } from "./exceptions.ts";
import { findPolicyIssues } from "./find-policy-issues.ts";
import { Findings } from "./findings.ts";
import { expandGrants } from "./grant.ts";
import type { AccessPolicy } from "./policy.ts";
import type { PolicyWorld } from "./policy-world.ts";

/**
 * Resolves every name of the policy and expands every target. The order of the rules changes reasons, never the result.
 * @throws {FlowError} PolicyInvalid with every name that means nothing or more than one thing; IncompleteRead
 */
export function bindPolicy(
  policy: AccessPolicy,
  world: PolicyWorld,
  settings: Pick<Settings, "manageManagementAccount">,
): BoundPolicy {
  const { grants, expired, warnings } = bindGrants(policy, world, settings);
  return {
    assignments: inOrder(expandGrants(grants)),
    expired: inOrder(expandGrants(expired)),
    principals: uniquePrincipals(grants.flatMap(({ principals }) => principals)),
    warnings,
  };
}

/**
 * What each rule and convention grants, before expansion.
 * @throws {FlowError} PolicyInvalid, IncompleteRead
 */
export function bindGrants(
  policy: AccessPolicy,
  world: PolicyWorld,
  settings: Pick<Settings, "manageManagementAccount">,
): BoundRules & { readonly warnings: readonly string[] } {
  const findings = new Findings(policy, findPolicyIssues(policy));
  const { grants: ofRules, expired, leftOut } = bindRules(policy, world, { settings, findings });
  const grants = [...ofRules, ...bindConventions(policy, world, { settings, findings })];
  warnOfVainExceptions(leftOut, grants, findings);
  return { grants, expired, leftOut, warnings: findings.warnings() };
}

function inOrder<T>(byKey: ReadonlyMap<string, T>): T[] {
  return [...byKey].toSorted(([a], [b]) => compareText(a, b)).map(([, value]) => value);
}

function uniquePrincipals(principals: readonly BoundPrincipal[]): BoundPrincipal[] {
  return inOrder(
    new Map(principals.map((principal) => [`${principal.type}/${principal.directoryId}`, principal])),
  );
}
