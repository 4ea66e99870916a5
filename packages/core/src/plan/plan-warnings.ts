import type { InstanceSnapshot } from "../model/instance.ts";
import { compareText } from "../policy/canonical-json.ts";
import type { PlanPrincipal } from "./plan.ts";

/** Quota of IAM Identity Center that nobody can raise: groups assigned to one permission set in one account. */
const MAX_GROUPS = 100;

interface PlannedAssignment {
  readonly accountId: string;
  readonly permissionSet: string;
  readonly principal: Pick<PlanPrincipal, "type">;
}

/** `assignments`: everything that will exist once the plan is applied, each once. */
export function warnOfGroupQuota(assignments: Iterable<PlannedAssignment>): string[] {
  const groups = new Map<string, number>();
  for (const { accountId, permissionSet, principal } of assignments) {
    if (principal.type !== "GROUP") continue;
    const key = `${permissionSet} in ${accountId}`;
    groups.set(key, (groups.get(key) ?? 0) + 1);
  }
  return [...groups]
    .filter(([, count]) => count > MAX_GROUPS)
    .toSorted(([a], [b]) => compareText(a, b))
    .map(([place, count]) => `${place} gets ${count} groups; AWS allows ${MAX_GROUPS}`);
}

/** Provisioning cannot make a principal whose name somebody else has already taken in the identity store. */
export function warnOfTakenNames(
  awaited: readonly PlanPrincipal[],
  { principals }: InstanceSnapshot,
): string[] {
  const names = new Set(principals.map(({ type, name }) => `${type}/${name}`));
  return awaited
    .filter(({ type, name }) => names.has(`${type}/${name}`))
    .map(({ type, name }) => {
      const kind = type === "GROUP" ? "group" : "user";
      return `The identity store has another ${kind} named ${name}, which is not the one of Entra: it is not assigned`;
    });
}
