import { type AnswerField, answerFields, type OperatorTask, printable, taskGuide } from "@landbridge/core";
import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode, UsageError } from "../exit.ts";
import { LANDBRIDGE } from "../program-name.ts";
import { makeStyle, type Streams } from "../streams.ts";
import { writeNewFile } from "../write-new-file.ts";
import { optionOf } from "./answer-options.ts";
import { describeEnd } from "./describe-end.ts";
import { findTask } from "./find-task.ts";
import { guidePath, renderGuide } from "./render-guide.ts";

interface ShowOptions {
  /** Where to save the file that the task needs. */
  readonly save: string | undefined;
  /** Over a file that exists. */
  readonly force: boolean;
  readonly json: boolean;
}

/** Prints one task with its instructions; saves the file that it needs. */
export async function showTask(
  id: string,
  { save, force, json }: ShowOptions,
  streams: Streams,
): Promise<ExitCode> {
  const { tasks } = openDeployment(streams.variables, (message) => streams.err.write(`! ${message}\n`));
  const task = await findTask(id, tasks);
  const { subject } = task;
  const guide = taskGuide(subject);
  if (save !== undefined) {
    if (!guide.document) throw new UsageError(`A task of kind ${subject.kind} needs no file`);
    await writeNewFile(save, await tasks.readDocument(task), force);
    streams.err.write(`${guide.document.what} is in ${save}\n`);
  }
  if (json) {
    const fields = answerFields(subject.kind);
    const document = { ...task, guide, fields, guidePage: guidePath(subject.kind) };
    streams.out.write(`${JSON.stringify(document, null, 2)}\n`);
  } else if (save === undefined)
    streams.out.write(renderTask(task, makeStyle(streams.out, streams.variables)));
  return EXIT.ok;
}

function renderTask(task: OperatorTask, style: ReturnType<typeof makeStyle>): string {
  const { subject, id } = task;
  const guide = taskGuide(subject);
  const command = `${LANDBRIDGE} tasks answer ${id.slice(0, 8)}`;
  const file = guide.document && [
    `  ${guide.document.what}: ${LANDBRIDGE} tasks show ${id.slice(0, 8)} --save ${guide.document.fileName}`,
    "",
  ];
  const lines = [
    ...renderGuide(guide, style),
    "",
    ...(file ? [style("bold", "File"), ...file] : []),
    ...renderStatus(task, command, style),
    `${style("bold", "Then")}   ${guide.next}`,
    `${style("bold", "More")}   ${guidePath(subject.kind)}`,
    style(
      "dim",
      `Task ${id}, ${subject.kind}, open since ${minute(task.openedAt)}, until ${minute(task.deadline)}`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function renderStatus(task: OperatorTask, command: string, style: ReturnType<typeof makeStyle>): string[] {
  const { status, subject } = task;
  if (status !== "open") return [style("yellow", `This task is ${printable(describeEnd(task))}.`), ""];
  const fields = answerFields(subject.kind);
  const required = fields.filter(({ optional }) => !optional);
  return [
    style("bold", "Answer"),
    `  ${[command, ...required.map(optionOf)].join(" ")}`,
    ...fields.map(
      (field) => `      ${flagOf(field).padEnd(12)}  ${field.optional ? "optional: " : ""}${field.what}`,
    ),
    style("dim", "  Without options, on a terminal, it asks for each."),
    "",
  ];
}

function flagOf(field: AnswerField): string {
  return optionOf(field).split(" ")[0] ?? "";
}

function minute(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
