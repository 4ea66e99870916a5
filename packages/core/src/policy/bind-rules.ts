import type { Settings } from "../settings.ts";
import { AccountBinder } from "./bind-accounts.ts";
import { PrincipalBinder } from "./bind-principals.ts";
import { expiryWarning, isExpired } from "./expiry.ts";
import type { Findings } from "./findings.ts";
import type { Grant } from "./grant.ts";
import { pickGroup } from "./pick-principal.ts";
import type { AccessPolicy, AccessRule } from "./policy.ts";
import type { PolicyWorld } from "./policy-world.ts";

export interface BoundRules {
  readonly grants: readonly Grant[];
  /** What rules would grant that have expired. */
  readonly expired: readonly Grant[];
}

/** What each rule grants in the present world; what it names wrongly goes to the findings. */
export function bindRules(
  policy: AccessPolicy,
  { organization, directory, now }: PolicyWorld,
  { settings, findings }: { settings: Pick<Settings, "manageManagementAccount">; findings: Findings },
): BoundRules {
  const accountBinder = new AccountBinder(organization, findings);
  const principalBinder = new PrincipalBinder(directory, findings);
  const leftOut: string[] = [];
  const grants: Grant[] = [];
  const expired: Grant[] = [];
  for (const [index, rule] of policy.rules.entries()) {
    const active = accountBinder.accountsOf(rule, index).filter(({ state }) => state === "ACTIVE");
    const accounts = active.filter(
      ({ id }) => settings.manageManagementAccount || id !== organization.managementAccountId,
    );
    const principals = principalBinder.principalsOf(rule, index);
    const roots = rule.groups.flatMap((name) => {
      const picked = pickGroup(name, directory.groups);
      return "found" in picked ? [picked.found.id] : [];
    });
    const permissionSets = rule.permissionSets.filter((name) => !rule.except.permissionSets.includes(name));
    const warning = expiryWarning(rule, now);
    if (warning !== null) findings.warn(["rules", index], warning);
    if (isExpired(rule, now)) {
      const text = `rule ${quote(rule)} expired on ${rule.expires}`;
      expired.push({ reason: { ...reasonOf(rule), text }, accounts, permissionSets, principals, roots });
      continue;
    }
    if (active.length === 0) findings.warn(["rules", index], `rule ${quote(rule)} matches no active account`);
    if (principals.length === 0)
      findings.warn(["rules", index], `rule ${quote(rule)} matches no group or user`);
    if (accounts.length < active.length) leftOut.push(quote(rule));
    grants.push({ reason: reasonOf(rule), accounts, permissionSets, principals, roots });
  }
  if (leftOut.length > 0) {
    findings.warnAtLarge(
      `The management account ${organization.managementAccountId} is left out of ${leftOut.join(", ")}: ` +
        "the setting manageManagementAccount is off",
    );
  }
  return { grants, expired };
}

function reasonOf({ name, at }: AccessRule): Grant["reason"] {
  return { rule: name, where: `${at.file}:${at.line}`, text: name };
}

function quote({ name }: AccessRule): string {
  return JSON.stringify(name);
}
