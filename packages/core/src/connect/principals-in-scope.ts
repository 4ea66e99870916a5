import type { DirectorySnapshot } from "../model/directory.ts";
import { PrincipalBinder } from "../policy/bind-principals.ts";
import type { BoundPrincipal } from "../policy/bound-policy.ts";
import { Findings } from "../policy/findings.ts";
import type { AccessPolicy } from "../policy/policy.ts";

/** Whom Entra has to provision: every group and user that a rule is for, descendants of expanded groups included. */
export function principalsInScope(policy: AccessPolicy, directory: DirectorySnapshot): BoundPrincipal[] {
  const findings = new Findings(policy, []);
  const binder = new PrincipalBinder(directory, findings);
  const principals = policy.rules.flatMap((rule, index) => binder.principalsOf(rule, index));
  findings.warnings();
  return [...new Map(principals.map((principal) => [principal.directoryId, principal])).values()];
}
