import { readFile } from "node:fs/promises";
import * as clack from "@clack/prompts";
import {
  answerTask,
  declineTask,
  isFlowError,
  planTextKey,
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
  const steps = guide.steps.map((step, index) => `${index + 1}. ${step}`);
  // Commands stand at the margin, unwrapped, so that they can be copied.
  process.stderr.write(
    `\n${[guide.title, "", guide.why, ...steps, "", "In this sandbox instead:", hint(host, subject), "", `Next: ${guide.next}`].join("\n")}\n\n`,
  );
  try {
    await answerUntilAccepted(host, taskId, guide.answer);
  } finally {
    progress.resume();
  }
}

async function answerUntilAccepted(
  host: LocalHost,
  taskId: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  for (;;) {
    const answer = await ask(fields);
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

/** How to do it in the sandbox: one command for each page of AWS's console. */
function hint({ served }: LocalHost, subject: TaskSubject): string {
  const url = served?.url ?? "";
  const console = `${url}/console`;
  switch (subject.kind) {
    case "service-provider-metadata":
      return `curl -o sp-metadata.xml ${console}/saml/sp-metadata.xml`;
    case "identity-source-change":
      return [
        `curl -o entra.xml ${url}/s3/landbridge/${subject.metadataKey}`,
        `curl -X POST -H 'content-type: application/xml' --data-binary @entra.xml '${console}/identity-source?confirmation=ACCEPT'`,
      ].join("\n");
    case "scim-credentials":
      return `curl -X POST ${console}/provisioning\ncurl -X POST ${console}/provisioning/tokens`;
    case "test-sign-in":
      return `curl -X POST -H 'content-type: application/json' -d '{"userName":"${subject.examples[0] ?? "NAME@DOMAIN"}"}' ${console}/sign-in`;
    case "plan-approval":
      return `curl ${url}/s3/landbridge/${planTextKey(subject.planKey)}`;
  }
}
