import { printable } from "../text/printable.ts";
import type { AssignmentChange, Plan } from "./plan.ts";
import type { PlanPrincipal } from "../model/plan-principal.ts";

const PERMISSION_SET_SIGNS = { create: "+", update: "~", delete: "-" } as const;
const ASSIGNMENT_SIGNS = { create: "+", delete: "-" } as const;

/** The plan as plain text, complete and uncut: `+ create`, `- delete`, `~ update`, by account. Ends without a newline. */
export function renderPlan(plan: Plan): string {
  const sections = [
    summary(plan),
    section(
      "Permission sets",
      plan.permissionSets.flatMap(({ action, name, changes }) => [
        `${PERMISSION_SET_SIGNS[action]} ${name}`,
        ...changes.map((change) => `    ${change}`),
      ]),
    ),
    section(
      "Roles to bring up to date",
      plan.provisioning.map(
        ({ permissionSet, accountName, accountId, reason }) =>
          `~ ${permissionSet} in ${accountName} (${accountId}): ${reason}`,
      ),
    ),
    ...byAccount(plan.assignments).map(([heading, changes]) => section(heading, table(changes))),
    section("Waiting for provisioning", plan.awaited.map(principalText)),
    section(
      "Warnings",
      plan.warnings.map((warning) => `! ${warning}`),
    ),
  ];
  return sections.filter((text) => text !== "").join("\n\n");
}

function summary({ counts }: Plan): string {
  const {
    creates,
    deletes,
    unchanged,
    foreign,
    permissionSetCreates,
    permissionSetUpdates,
    permissionSetDeletes,
    provisions,
  } = counts;
  const assignments = `Assignments: ${creates} to create, ${deletes} to delete, ${unchanged} unchanged`;
  const others = foreign > 0 ? `, ${foreign} not made by Landbridge and left alone` : "";
  const sets = `Permission sets: ${permissionSetCreates} to create, ${permissionSetUpdates} to update, ${permissionSetDeletes} to delete`;
  const roles = provisions > 0 ? `\nRoles: ${provisions} to bring up to date` : "";
  return `${assignments}${others}\n${sets}${roles}`;
}

function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [heading, ...lines.map((line) => `  ${line}`)].map(printable).join("\n");
}

function byAccount(changes: readonly AssignmentChange[]): [string, AssignmentChange[]][] {
  const grouped = Map.groupBy(changes, ({ accountId }) => accountId);
  return [...grouped]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([accountId, own]) => [`${own[0]?.accountName} (${accountId})`, own]);
}

function table(changes: readonly AssignmentChange[]): string[] {
  const rows = changes.map(({ action, permissionSet, principal, reason }) => ({
    start: `${ASSIGNMENT_SIGNS[action]} ${permissionSet}`,
    who: principalText(principal),
    why: reason.where ? `${reason.text} (${reason.where})` : reason.text,
  }));
  const startWidth = Math.max(...rows.map(({ start }) => start.length));
  const whoWidth = Math.max(...rows.map(({ who }) => who.length));
  return rows.map(({ start, who, why }) => `${start.padEnd(startWidth)}  ${who.padEnd(whoWidth)}  ${why}`);
}

function principalText({ type, name }: PlanPrincipal): string {
  return `${type === "GROUP" ? "group" : "user"} ${name}`;
}
