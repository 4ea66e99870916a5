import type { Account } from "../model/organization.ts";
import type { Settings } from "../settings.ts";
import { AccountBinder } from "./bind-accounts.ts";
import { PrincipalBinder } from "./bind-principals.ts";
import { exceptions } from "./exceptions.ts";
import { expiryWarning, isExpired } from "./expiry.ts";
import type { Findings } from "./findings.ts";
import type { Grant } from "./grant.ts";
import { pickGroup } from "./pick-principal.ts";
import type { AccessPolicy, AccessRule } from "./policy.ts";
import type { PolicyWorld } from "./policy-world.ts";

export interface BoundRules {
  readonly grants: readonly Grant[];
  /** What expired rules would grant. */
  readonly expired: readonly Grant[];
  /** What rules would grant without their exceptions. */
  readonly leftOut: readonly Grant[];
}

/** What each rule currently grants; wrong names go to the findings. */
export function bindRules(
  policy: AccessPolicy,
  { organization, directory, now }: PolicyWorld,
  { settings, findings }: { settings: Pick<Settings, "manageManagementAccount">; findings: Findings },
): BoundRules {
  const accountBinder = new AccountBinder(organization, findings);
  const principalBinder = new PrincipalBinder(directory, findings);
  const sparing: string[] = [];
  const leftOut: Grant[] = [];
  const grants: Grant[] = [];
  const expired: Grant[] = [];
  for (const [index, rule] of policy.rules.entries()) {
    const bind = () => ({
      meant: accountBinder.accountsOf(rule, index),
      who: principalBinder.splitPrincipals(rule, index),
    });
    const { meant, who } = isExpired(rule, now) ? findings.forgiving(bind) : bind();
    const active = meant.kept.filter(isActive);
    const accounts = active.filter(isManaged);
    const principals = who.kept;
    const roots = rule.groups.flatMap((name) => {
      const picked = pickGroup(name, directory.groups);
      return "found" in picked ? [picked.found.id] : [];
    });
    const permissionSets = rule.permissionSets.filter((name) => !rule.except.permissionSets.includes(name));
    const grant = { reason: reasonOf(rule), accounts, permissionSets, principals, roots };
    const warning = expiryWarning(rule, now);
    if (warning !== null) findings.warn(["rules", index], warning);
    if (isExpired(rule, now)) {
      const text = `rule ${quote(rule)} expired on ${rule.expires}`;
      expired.push({ ...grant, reason: { ...reasonOf(rule), text } });
      continue;
    }
    if (active.length === 0) findings.warn(["rules", index], `rule ${quote(rule)} matches no active account`);
    if (principals.length === 0)
      findings.warn(["rules", index], `rule ${quote(rule)} matches no group or user`);
    if (accounts.length < active.length) sparing.push(quote(rule));
    grants.push(grant);
    leftOut.push(
      ...exceptions(grant, {
        accounts: meant.leftOut.filter((account) => isActive(account) && isManaged(account)),
        permissionSets: rule.permissionSets.filter((name) => rule.except.permissionSets.includes(name)),
        principals: who.leftOut,
      }),
    );
  }
  if (sparing.length > 0) {
    findings.warnAtLarge(
      `The management account ${organization.managementAccountId} is left out of ${sparing.join(", ")}: ` +
        "the setting manageManagementAccount is off",
    );
  }
  return { grants, expired, leftOut };

  function isManaged({ id }: Account): boolean {
    return settings.manageManagementAccount || id !== organization.managementAccountId;
  }
}

function isActive({ state }: Account): boolean {
  return state === "ACTIVE";
}

function reasonOf({ name, at }: AccessRule): Grant["reason"] {
  return { rule: name, where: `${at.file}:${at.line}`, text: name };
}

function quote({ name }: AccessRule): string {
  return JSON.stringify(name);
}
