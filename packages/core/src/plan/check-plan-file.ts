import { FlowError } from "../errors.ts";
import type { Plan } from "./plan.ts";
import { planHash } from "./plan-hash.ts";
import { printable } from "../text/printable.ts";

const SHOWN = 10;

/** @throws {FlowError} PlanForAnotherInstance */
export function checkInstance(plan: Pick<Plan, "instanceArn">, instanceArn: string): void {
  if (plan.instanceArn === instanceArn) return;
  throw new FlowError(
    "PlanForAnotherInstance",
    `The plan is for ${plan.instanceArn}, but this account has ${instanceArn}`,
  );
}

/**
 * Checks that the planned changes are still the ones to make.
 * @throws {FlowError} PlanStale, saying what has changed since
 */
export function checkFresh(old: Plan, now: Plan): void {
  if (planHash(old) === planHash(now)) return;
  const before = linesOf(old);
  const after = linesOf(now);
  const changes = [
    ...[...before].filter((line) => !after.has(line)).map((line) => `  no longer: ${line}`),
    ...[...after].filter((line) => !before.has(line)).map((line) => `  new:       ${line}`),
  ];
  const shown = changes.length === 0 ? ["  reasons or names only"] : changes.slice(0, SHOWN);
  const rest = changes.length > SHOWN ? [`  and ${changes.length - SHOWN} more`] : [];
  const heading = `The situation has changed since the plan was made (${old.madeAt}); the plan would now be different:`;
  throw new FlowError("PlanStale", [heading, ...shown, ...rest].join("\n"));
}

function linesOf({ permissionSets, provisioning, assignments }: Plan): Set<string> {
  return new Set(
    [
      ...permissionSets.map(
        ({ action, name, changes }) => `${action} permission set ${name} (${changes.join(", ")})`,
      ),
      ...provisioning.map(
        ({ permissionSet, accountName, accountId }) =>
          `bring the role of ${permissionSet} in ${accountName} (${accountId}) up to date`,
      ),
      ...assignments.map(
        ({ action, permissionSet, principal, accountName, accountId }) =>
          `${action} ${permissionSet} for ${principal.name} in ${accountName} (${accountId})`,
      ),
    ].map(printable),
  );
}
