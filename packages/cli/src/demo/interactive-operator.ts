import {
  type AnswerField,
  answerFields,
  answerTask,
  declineTask,
  isFlowError,
  printableLines,
  readTask,
  readTaskDocument,
  type TaskGuide,
  taskGuide,
} from "@landbridge/core";
import type { LocalHost, OperatorTaskOpened } from "@landbridge/host/local-host";
import type { Progress } from "../render/progress.ts";
import { makeStyle, type Streams } from "../streams.ts";
import { askAnswer } from "../tasks/ask-answer.ts";
import { renderGuide } from "../tasks/render-guide.ts";
import { consolePages } from "./console-pages.ts";
import type { Prompts } from "../prompts/prompts.ts";
import { OPERATOR } from "@landbridge/host/scripted-operator";

interface Desk {
  readonly prompts: Prompts;
  readonly progress: Progress;
  readonly streams: Pick<Streams, "err" | "variables">;
}

/** Shows a task, asks for its answer and reports mistakes until it passes or the person gives up. */
export async function answerInteractively(
  host: LocalHost,
  { taskId }: OperatorTaskOpened,
  { prompts, progress, streams }: Desk,
): Promise<void> {
  const { subject } = await readTask(taskId, host.deps);
  const guide = taskGuide(subject);
  const plan = subject.kind === "plan-approval" ? await readTaskDocument(subject, host.deps) : null;
  progress.pause();
  try {
    const style = makeStyle(streams.err, streams.variables);
    streams.err.write(renderTask(guide, consolePages(host.served?.url ?? "", subject), style));
    if (plan !== null) streams.err.write(`${printableLines(plan)}\n`);
    await answerUntilAccepted(host, taskId, { fields: answerFields(subject.kind), prompts });
    streams.err.write("\n");
  } finally {
    progress.resume();
  }
}

function renderTask(
  guide: TaskGuide,
  pages: ReturnType<typeof consolePages>,
  style: ReturnType<typeof makeStyle>,
): string {
  const lines = [
    "",
    ...renderGuide(guide, style),
    "",
    ...(pages.length > 0 ? ["In this sandbox open instead:"] : []),
    // Addresses end their lines, so that terminals make links of them.
    ...pages.map(([what, url]) => `  ${what}: ${style("underline", url)}`),
    "",
    style("dim", `Next: ${guide.next}`),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

async function answerUntilAccepted(
  host: LocalHost,
  taskId: string,
  { fields, prompts }: { readonly fields: readonly AnswerField[]; readonly prompts: Prompts },
): Promise<void> {
  for (;;) {
    const answer = await askAnswer(fields, prompts);
    if (answer === null)
      return declineTask(taskId, "the operator gave up", { ...host.deps, answeredBy: OPERATOR });
    try {
      return await answerTask(taskId, answer, { ...host.deps, answeredBy: OPERATOR });
    } catch (error) {
      if (!isFlowError(error) || isFlowError(error, "TaskExpired")) throw error;
      // From another terminal.
      if (isFlowError(error, "TaskAlreadyAnswered", "TaskExpired")) return prompts.complain(error.message);
      prompts.complain(`${error.name}: ${error.message}\n${error.remedy}`);
    }
  }
}
