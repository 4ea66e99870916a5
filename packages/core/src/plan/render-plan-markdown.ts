import { printable } from "../text/printable.ts";
import type { AssignmentChange, PermissionSetChange, Plan, ProvisioningChange } from "./plan.ts";
import type { PlanPrincipal } from "../model/plan-principal.ts";

/** More than that many lines are folded away. */
const SHORT = 20;

/** GitHub accepts 65,536 characters per comment; the caller may add some. */
const MAX_LENGTH = 60_000;

/**
 * The plan as a comment for a pull request (GitHub-flavoured Markdown): counts first, then warnings, details folded; what
 * is too long for a comment is left out and counted. Ends without a newline.
 */
export function renderPlanMarkdown(plan: Plan): string {
  const first = [
    `### Access plan\n\n${counts(plan)}`,
    section(
      "Warnings",
      plan.warnings.map((warning) => `- ${escape(warning)}`),
    ),
    section("Permission sets", plan.permissionSets.flatMap(permissionSetLines)),
    section("Roles to bring up to date", plan.provisioning.map(roleLine)),
    section(
      "Waiting for provisioning",
      plan.awaited.map((principal) => `- ${principalText(principal)}`),
    ),
  ];
  const accounts = byAccount(plan.assignments).map(([heading, changes]) =>
    section(heading, changes.map(assignmentLine)),
  );
  return fitting([...first, ...accounts].filter((part) => part !== ""));
}

/** As many of the parts as fit into a comment, and at least the first. */
function fitting(parts: readonly string[]): string {
  let length = 0;
  let taken = 0;
  for (const part of parts) {
    length += part.length + 2;
    if (taken > 0 && length > MAX_LENGTH) break;
    taken += 1;
  }
  const left = parts.length - taken;
  const note = `**${left} more sections are too long for a comment: read the whole plan where it was made.**`;
  return [...parts.slice(0, taken), ...(left > 0 ? [note] : [])].join("\n\n");
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
    ...(count.provisions > 0 ? [["Roles", "–", count.provisions, "–", "–"]] : []),
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

function roleLine({ permissionSet, accountName, accountId, reason }: ProvisioningChange): string {
  return `- **update** ${escape(permissionSet)} in ${escape(accountName)} (${accountId}): ${escape(reason)}`;
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
 * Anybody may name a group: no name may create markup, mention a person, link anywhere or hide what follows. Unlike
 * backslashes, entities also work in HTML (`<summary>`). Mentions, issues and `www.` are detected after rendering: a
 * zero-width space separates them.
 */
function escape(text: string): string {
  return printable(text)
    .replaceAll(/^[-+]|[&<>"@#:\\`*_{}[\]|~]/g, (character) => `&#${character.codePointAt(0)};`)
    .replaceAll(/&#(?:64|35);|www(?=\.)/gi, (start) => `${start}&#8203;`);
}
