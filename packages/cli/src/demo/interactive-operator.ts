import { readFile } from "node:fs/promises";
import * as clack from "@clack/prompts";
import {
  answerTask,
  declineTask,
  isFlowError,
  readTask,
  type TaskSubject,
  taskGuide,
} from "@landbridge/core";
import type { LocalHost, OperatorTaskOpened } from "../local-host/local-host.ts";
import type { Progress } from "../render/progress.ts";

/** Prompts go where progress goes: stdout is for the result. */
const TO = { output: process.stderr };

/** Shows a task, asks for its answer and says what is wrong with it until it passes or the person gives up. */
export async function answerInteractively(
  host: LocalHost,
  { taskId }: OperatorTaskOpened,
  progress: Progress,
): Promise<void> {
  const { subject } = await readTask(taskId, host.deps);
  progress.pause();
  const guide = taskGuide(subject);
  const steps = [...guide.steps, hint(host, subject)].map((step, index) => `${index + 1}. ${step}`);
  clack.note([guide.why, "", ...steps, "", `Next: ${guide.next}`].join("\n"), guide.title, TO);
  for (;;) {
    const answer = await ask(guide.answer);
    if (answer === null) return declineTask(taskId, "the operator gave up", host.deps);
    try {
      return await answerTask(taskId, answer, host.deps);
    } catch (error) {
      if (!isFlowError(error) || error.name === "TaskAlreadyAnswered") throw error;
      clack.log.error(`${error.name}: ${error.message}\n${error.mend}`, TO);
    }
  }
}

/** Every field of the answer; null when the person cancels. */
async function ask(fields: Readonly<Record<string, string>>): Promise<Record<string, string> | null> {
  const answer: Record<string, string> = {};
  for (const [field, what] of Object.entries(fields)) {
    const value = await askOne(field, what);
    if (clack.isCancel(value)) return null;
    if (typeof value === "string" && value !== "") answer[field] = value;
  }
  return answer;
}

async function askOne(field: string, what: string): Promise<string | symbol> {
  if (field === "token") return clack.password({ message: `${field}: ${what}`, ...TO });
  if (field !== "metadata") return (await clack.text({ message: `${field}: ${what}`, ...TO })) ?? "";
  const path = await clack.text({ message: "File with the downloaded XML", ...TO });
  if (clack.isCancel(path)) return path;
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    clack.log.error(`${path}: ${String(error)}`, TO);
    return askOne(field, what);
  }
}

/** Where the sandbox has what AWS has in its console. */
function hint({ served: { url } }: LocalHost, { kind }: TaskSubject): string {
  const console = `${url}/console`;
  const hints: Record<TaskSubject["kind"], string> = {
    "service-provider-metadata": `In the sandbox: curl -o sp-metadata.xml ${console}/saml/sp-metadata.xml`,
    "identity-source-change": `In the sandbox: see ${console}, "Change the identity source"`,
    "scim-credentials": `In the sandbox: curl -X POST ${console}/provisioning; curl -X POST ${console}/provisioning/tokens`,
    "test-sign-in": `In the sandbox: curl -X POST -d '{"userName":"…"}' ${console}/sign-in`,
    "plan-approval": "In the sandbox: nothing to do, only to decide.",
  };
  return hints[kind];
}
