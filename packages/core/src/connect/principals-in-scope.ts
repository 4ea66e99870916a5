import type { DirectorySnapshot } from "../model/directory.ts";
import { PrincipalBinder } from "../policy/bind-principals.ts";
import type { BoundPrincipal } from "../policy/bound-policy.ts";
import { Findings } from "../policy/findings.ts";
import type { AccessPolicy } from "../policy/policy.ts";

/** Whom Entra has to provision: every group and user that a rule is for, descendants of expanded groups included. */
export function principalsInScope(policy: AccessPolicy, directory: DirectorySnapshot): BoundPrincipal[] {
  const findings = new Findings(policy, []);
  const binder = new PrincipalBinder(directory, findings);
  const principals = policy.rules.flatMap((rule, index) => {
    const bind = () => binder.principalsOf(rule, index);
    // Whether it still grants is for the planner, which knows the time, to say.
    return rule.expires === null ? bind() : findings.forgiving(bind);
  });
  findings.warnings();
  return [...new Map(principals.map((principal) => [principal.directoryId, principal])).values()];
}
