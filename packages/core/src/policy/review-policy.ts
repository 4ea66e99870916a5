import { grantableSets } from "./convention-names.ts";
import { expiryWarning } from "./expiry.ts";
import { positionIn } from "./issue-at.ts";
import type { AccessPolicy, AccessRule, TargetSelection } from "./policy.ts";

/**
 * Warns of what a valid policy says but its author may not have intended, as far as the file alone shows it, one
 * sentence each: `access.yaml:12: …`. `now`: ISO time.
 */
export function reviewPolicy(policy: AccessPolicy, now: string): string[] {
  const remarks = [
    ...unusedSets(policy),
    ...policy.rules.flatMap((rule, index) => {
      const remark = expiryWarning(rule, now) ?? emptyRemark(rule) ?? redundantRemark(rule, policy);
      return remark === null ? [] : [{ path: ["rules", index], remark }];
    }),
  ];
  return remarks
    .map(({ path, remark }) => ({ at: positionIn(policy, path), remark }))
    .toSorted((a, b) => a.at.line - b.at.line)
    .map(({ at, remark }) => `${at.file}:${at.line}: ${remark}`);
}

function unusedSets(policy: AccessPolicy): { path: string[]; remark: string }[] {
  const used = new Set([
    ...policy.rules.flatMap(({ permissionSets }) => permissionSets),
    ...policy.conventions.flatMap(grantableSets),
  ]);
  return Object.keys(policy.permissionSets)
    .filter((name) => !used.has(name))
    .map((name) => ({
      path: ["permissionSets", name],
      remark: `no rule uses permission set ${JSON.stringify(name)}: it is created but nobody has it`,
    }));
}

function emptyRemark({ name, permissionSets, groups, users, except }: AccessRule): string | null {
  const quoted = JSON.stringify(name);
  if (isWithin(permissionSets, except.permissionSets))
    return `rule ${quoted} grants nothing: its exceptions leave out every permission set`;
  if (isWithin(groups, except.groups) && isWithin(users, except.users))
    return `rule ${quoted} grants nothing: its exceptions leave out everybody`;
  return null;
}

function redundantRemark(rule: AccessRule, { rules }: AccessPolicy): string | null {
  const wider = rules.find((other) => other !== rule && covers(other, rule) && !isLaterTwin(other, rule));
  if (!wider) return null;
  return `rule ${JSON.stringify(rule.name)} grants nothing that rule ${JSON.stringify(wider.name)} (line ${wider.at.line}) does not grant`;
}

/** If two rules are identical, only the second gets a warning. */
function isLaterTwin(other: AccessRule, rule: AccessRule): boolean {
  return covers(rule, other) && other.at.line > rule.at.line;
}

/** Whether a rule grants everything that another does, judged by names alone. */
function covers(wide: AccessRule, narrow: AccessRule): boolean {
  if (wide.expires !== null && (narrow.expires === null || narrow.expires > wide.expires)) return false;
  const { except } = wide;
  const spares = [except.groups, except.users, except.permissionSets, except.ou, except.accounts];
  if (spares.some((names) => names.length > 0) || Object.keys(except.accountTags).length > 0) return false;
  return (
    (wide.nested === "expand" || narrow.nested === "ignore" || narrow.groups.length === 0) &&
    isWithin(narrow.groups, wide.groups) &&
    isWithin(narrow.users, wide.users) &&
    isWithin(narrow.permissionSets, wide.permissionSets) &&
    reaches(wide.targets, narrow.targets)
  );
}

function reaches(wide: TargetSelection, narrow: TargetSelection): boolean {
  if (wide.root) return true;
  const isBelow = (path: string) => wide.ou.some((unit) => path === unit || path.startsWith(`${unit}/`));
  const hasTags = Object.keys(narrow.accountTags).length > 0;
  return (
    !narrow.root &&
    narrow.ou.every(isBelow) &&
    isWithin(narrow.accounts, wide.accounts) &&
    (!hasTags || JSON.stringify(wide.accountTags) === JSON.stringify(narrow.accountTags))
  );
}

function isWithin(names: readonly string[], others: readonly string[]): boolean {
  return names.every((name) => others.includes(name));
}
