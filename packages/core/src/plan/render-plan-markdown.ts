import type { AssignmentChange, PermissionSetChange, Plan, PlanPrincipal } from "./plan.ts";

/** More than that many lines are folded away. */
const SHORT = 20;

/** The plan as a comment for a pull request (GitHub-flavoured Markdown): counts first, details folded. Ends without a newline. */
export function renderPlanMarkdown(plan: Plan): string {
  const parts = [
    `### Access plan\n\n${counts(plan)}`,
    section("Permission sets", plan.permissionSets.flatMap(permissionSetLines)),
    ...byAccount(plan.assignments).map(([heading, changes]) => section(heading, changes.map(assignmentLine))),
    section(
      "Waiting for provisioning",
      plan.awaited.map((principal) => `- ${principalText(principal)}`),
    ),
    section(
      "Warnings",
      plan.warnings.map((warning) => `- ${escape(warning)}`),
    ),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function counts({ counts: count }: Plan): string {
  const rows = [
    ["Assignments", count.creates, "–", count.deletes, count.unchanged],
    [
      "Permission sets",
      count.permissionSetCreates,
      count.permissionSetUpdates,
      count.permissionSetDeletes,
      "–",
    ],
  ];
  const table = [
    "| | create | update | delete | unchanged |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
  const foreign = `\n\n${count.foreign} assignments were not made by Landbridge and are left alone.`;
  return count.foreign > 0 ? table + foreign : table;
}

function permissionSetLines({ action, name, changes }: PermissionSetChange): string[] {
  return [`- **${action}** ${escape(name)}`, ...changes.map((change) => `  - ${escape(change)}`)];
}

function assignmentLine({ action, permissionSet, principal, reason }: AssignmentChange): string {
  const why = reason.where ? `${reason.text} (${reason.where})` : reason.text;
  return `- **${action}** ${escape(permissionSet)} for ${principalText(principal)}: ${escape(why)}`;
}

function byAccount(changes: readonly AssignmentChange[]): [string, AssignmentChange[]][] {
  return [...Map.groupBy(changes, ({ accountId }) => accountId)]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([accountId, own]) => [`${own[0]?.accountName} (${accountId})`, own]);
}

function section(heading: string, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const body = lines.join("\n");
  if (lines.length <= SHORT) return `#### ${escape(heading)}\n\n${body}`;
  return `<details><summary>${escape(heading)}: ${lines.length} lines</summary>\n\n${body}\n\n</details>`;
}

function principalText({ type, name }: PlanPrincipal): string {
  return `${type === "GROUP" ? "group" : "user"} ${escape(name)}`;
}

/**
 * Anybody may name a group: no name makes markup, mentions a person, links anywhere or hides what follows. Entities, unlike
 * backslashes, hold in HTML (`<summary>`) too, and stop mentions and links.
 */
function escape(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\uFFFD")
    .replaceAll(/[&<>"@#:\\`*_{}[\]|~]/g, (character) => `&#${character.codePointAt(0)};`);
}
