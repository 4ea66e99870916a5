import { answerFields, ERRORS, type TaskKindName, taskGuide, taskKind } from "@landbridge/core";
import { LANDBRIDGE } from "../program-name.ts";
import { optionOf } from "./answer-options.ts";

/** The page of `docs/guides/` about a kind of task, generated from the task's own texts. */
export function renderGuidePage(name: TaskKindName): string {
  const kind = taskKind(name);
  const { title, why, warnings = [], steps, document, next } = taskGuide(kind.sample);
  const fields = answerFields(name);
  const required = fields.filter(({ optional }) => !optional);
  const command = [`${LANDBRIDGE} tasks answer ID`, ...required.map(optionOf)].join(" ");
  const sections = [
    `# ${title}`,
    `An operator task of kind \`${name}\`. ${why}`,
    `Ids and dates on this page are examples: \`${LANDBRIDGE} tasks show ID\` names those of your task.`,
    warnings.length > 0 && `## Before you start\n\n${warnings.map((warning) => `- ${warning}`).join("\n")}`,
    `## Steps\n\n${steps.map((step, index) => `${index + 1}. ${step}`).join("\n")}`,
    document &&
      `The file that a step needs (${document.what}) comes with the task:\n\n${code(`${LANDBRIDGE} tasks show ID --save ${document.fileName}`)}`,
    `## Answer\n\n${code(command)}`,
    fields
      .map(
        (field) =>
          `- \`${field.name}\`, \`${optionOf(field)}\`: ${field.optional ? "optional: " : ""}${field.what}`,
      )
      .join("\n"),
    fields.some(({ input }) => input === "secret") &&
      "A secret is never part of the command: give it on standard input, or type it at a hidden prompt.",
    `\`${LANDBRIDGE} tasks\` lists the ids of open tasks; a unique prefix is enough. Without options, on a terminal, ` +
      "`tasks answer` asks for each field. A task is open for 14 days, with reminders after 1, 3 and 7 days and on the last.",
    `## What happens next\n\n${next}`,
    `## When the answer is refused\n\nThe task stays open. The message says what is wrong, field by field.\n\n${refusals(kind.refusals)}`,
  ];
  return `${sections.filter((section) => section).join("\n\n")}\n`;
}

function refusals(names: readonly (keyof typeof ERRORS)[]): string {
  const all = ["AnswerRefused", ...names, "WrongTask", "TaskAlreadyAnswered", "TaskExpired"] as const;
  return all.map((name) => `- \`${name}\`: ${ERRORS[name].remedy}`).join("\n");
}

function code(line: string): string {
  return `\`\`\`\n${line}\n\`\`\``;
}
