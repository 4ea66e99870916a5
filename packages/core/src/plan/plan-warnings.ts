import type { InstanceSnapshot } from "../model/instance.ts";
import { compareText } from "../text/canonical-json.ts";
import type { PolicyGuardrails } from "../policy/policy.ts";
import type { Guardrails } from "../settings.ts";
import type { AssignmentChange } from "./plan.ts";
import type { PlanPrincipal } from "../model/plan-principal.ts";

/** Quota of IAM Identity Center that nobody can raise: groups assigned to one permission set in one account. */
const MAX_GROUPS = 100;

const MANY_ACCOUNTS = 50;

const NAMES_SHOWN = 5;

interface PlannedAssignment {
  readonly accountId: string;
  readonly permissionSet: string;
  readonly principal: Pick<PlanPrincipal, "type">;
}

/** `assignments`: everything that will exist once the plan is applied, each once. */
export function warnOfGroupQuota(...assignments: readonly (readonly PlannedAssignment[])[]): string[] {
  const groups = new Map<string, Map<string, number>>();
  for (const list of assignments) {
    for (const { accountId, permissionSet, principal } of list) {
      if (principal.type !== "GROUP") continue;
      let inAccount = groups.get(accountId);
      if (!inAccount) groups.set(accountId, (inAccount = new Map()));
      inAccount.set(permissionSet, (inAccount.get(permissionSet) ?? 0) + 1);
    }
  }
  return [...groups]
    .flatMap(([accountId, sets]) =>
      [...sets].map(([permissionSet, count]) => ({ place: `${permissionSet} in ${accountId}`, count })),
    )
    .filter(({ count }) => count > MAX_GROUPS)
    .toSorted((a, b) => compareText(a.place, b.place))
    .map(({ place, count }) => `${place} gets ${count} groups; AWS allows ${MAX_GROUPS}`);
}

/** One rule should not change so much unseen. */
export function warnOfWideChanges(changes: readonly AssignmentChange[]): string[] {
  const byRule = Map.groupBy(changes, ({ reason: { rule, where } }) => `${where ?? ""} ${rule ?? ""}`);
  return [...byRule.values()].flatMap((ofRule) => {
    const accounts = new Set(ofRule.map(({ accountId }) => accountId)).size;
    const [first] = ofRule;
    if (accounts < MANY_ACCOUNTS || !first) return [];
    const { rule, where } = first.reason;
    if (rule === null) return [`access that no rule asks for any more is removed in ${accounts} accounts`];
    return [
      `${where === null ? "" : `${where}: `}rule ${JSON.stringify(rule)} changes access in ${accounts} accounts`,
    ];
  });
}

/** Their assignments wait, and fail in this run if they are not provisioned. */
export function warnOfAwaited(awaited: readonly PlanPrincipal[]): string[] {
  if (awaited.length === 0) return [];
  const names = awaited.slice(0, NAMES_SHOWN).map(({ name }) => name);
  const rest = awaited.length > NAMES_SHOWN ? ` and ${awaited.length - NAMES_SHOWN} more` : "";
  return [`not in the identity store yet, waiting for provisioning: ${names.join(", ")}${rest}`];
}

/** A policy can only make limits stricter; without the warning, a looser value would seem to apply. */
export function warnOfLooserLimits(deployed: Guardrails, policy: PolicyGuardrails): string[] {
  const limits: readonly (readonly [string, number | null, number | null])[] = [
    ["maxDeletions", policy.maxDeletions, deployed.maxDeletions],
    ["maxDeletionPercent", policy.maxDeletionPercent, deployed.maxDeletionPercent],
    ["deletionsPerDay", policy.deletionsPerDay, deployed.deletionsPerDay],
    ["approveAbove.assignments", policy.approveAbove.assignments, deployed.approveAbove.assignments],
    ["approveAbove.accounts", policy.approveAbove.accounts, deployed.approveAbove.accounts],
  ];
  return limits
    .filter(
      ([, ofPolicy, ofDeployment]) => ofPolicy !== null && ofDeployment !== null && ofPolicy > ofDeployment,
    )
    .map(
      ([name, ofPolicy, ofDeployment]) =>
        `the policy's guardrails.${name} ${ofPolicy} is looser than the deployment's ${ofDeployment}, which applies`,
    );
}

/** Provisioning cannot create a principal whose name is already taken in the identity store. */
export function warnOfTakenNames(
  awaited: readonly PlanPrincipal[],
  { principals }: Pick<InstanceSnapshot, "principals">,
): string[] {
  const names = new Set(principals.map(({ type, name }) => `${type}/${name}`));
  return awaited
    .filter(({ type, name }) => names.has(`${type}/${name}`))
    .map(({ type, name }) => {
      const kind = type === "GROUP" ? "group" : "user";
      return `The identity store has another ${kind} named ${name}, which is not Entra's: it is not assigned`;
    });
}
