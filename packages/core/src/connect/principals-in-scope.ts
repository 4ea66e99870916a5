import type { DirectorySnapshot } from "../model/directory.ts";
import { PrincipalBinder } from "../policy/bind-principals.ts";
import type { BoundPrincipal } from "../policy/bound-policy.ts";
import { Findings } from "../policy/findings.ts";
import type { AccessPolicy } from "../policy/policy.ts";

/**
 * The groups and users that Entra has to provision: everybody that a rule names, including descendants of expanded
 * groups.
 */
export function principalsInScope(policy: AccessPolicy, directory: DirectorySnapshot): BoundPrincipal[] {
  const findings = new Findings(policy, []);
  const binder = new PrincipalBinder(directory, findings);
  const principals = policy.rules.flatMap((rule, index) => {
    const bind = () => binder.principalsOf(rule, index);
    // The planner, which knows the time, decides whether it still grants access.
    return rule.expires === null ? bind() : findings.forgiving(bind);
  });
  findings.warnings();
  return [...new Map(principals.map((principal) => [principal.directoryId, principal])).values()];
}
