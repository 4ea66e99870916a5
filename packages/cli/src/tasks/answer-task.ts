import { type AnswerField, answerFields, isFlowError, taskGuide } from "@landbridge/core";
import { openDeployment } from "../deployment/open-deployment.ts";
import type { Prompts } from "../prompts/prompts.ts";
import { makePrompts } from "../prompts/make-prompts.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { isInteractive, makeStyle, type Streams } from "../streams.ts";
import { type AnswerOptions, answerOf } from "./answer-options.ts";
import { askAnswer } from "./ask-answer.ts";
import { findTask } from "./find-task.ts";
import { renderGuide } from "./render-guide.ts";

/** Answers a task with what the options say; before a terminal it asks for what they leave out. */
export async function answerFromCommandLine(
  id: string,
  options: AnswerOptions,
  streams: Streams,
): Promise<ExitCode> {
  const { tasks } = openDeployment(streams.variables, (message) => streams.err.write(`! ${message}\n`));
  const task = await findTask(id, tasks);
  const fields = answerFields(task.subject.kind);
  const given = await answerOf(options, fields, streams);
  const pass = async (answer: object) => {
    await tasks.answer(task, answer);
    streams.err.write(`The answer is accepted: the flow continues. ${taskGuide(task.subject).next}\n`);
    return EXIT.ok;
  };
  const missing = fieldsToAsk(fields, given);
  const { in: input, err, variables } = streams;
  // An answer to another task is refused as such, before anybody types the rest of it.
  const isForeign = Object.keys(given).some((name) => fields.every((field) => field.name !== name));
  if (isForeign || missing.length === 0 || !input || !isInteractive(input, variables)) return pass(given);
  err.write(`${renderGuide(taskGuide(task.subject), makeStyle(err, variables)).join("\n")}\n\n`);
  const prompts = makePrompts(input, err);
  try {
    const exitCode = await askUntilAccepted(missing, prompts, (answer) => pass({ ...given, ...answer }));
    if (exitCode === EXIT.stopped) err.write("Not answered: the task stays open.\n");
    return exitCode;
  } finally {
    prompts.close();
  }
}

/** Without any option, all fields; otherwise the missing required ones. */
function fieldsToAsk(fields: readonly AnswerField[], given: object): readonly AnswerField[] {
  if (Object.keys(given).length === 0) return fields;
  return fields.filter(({ name, optional }) => !optional && !Object.hasOwn(given, name));
}

async function askUntilAccepted(
  fields: readonly AnswerField[],
  prompts: Prompts,
  pass: (answer: object) => Promise<ExitCode>,
): Promise<ExitCode> {
  for (;;) {
    const answer = await askAnswer(fields, prompts);
    if (answer === null) return EXIT.stopped;
    try {
      return await pass(answer);
    } catch (error) {
      if (!isFlowError(error) || isFlowError(error, "TaskAlreadyAnswered", "TaskExpired")) throw error;
      prompts.complain(`${error.name}: ${error.message}\n${error.remedy}`);
    }
  }
}
