import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import type { Streams } from "../streams.ts";
import { findTask } from "./find-task.ts";

/** Declines a task: its flow ends with OperatorDeclined and the reason. */
export async function declineFromCommandLine(
  id: string,
  reason: string,
  streams: Streams,
): Promise<ExitCode> {
  const { tasks } = openDeployment(streams.variables, (message) => streams.err.write(`! ${message}\n`));
  const task = await findTask(id, tasks);
  await tasks.decline(task, reason);
  streams.err.write(`Declined: ${task.title}. Its flow ends; the steps already done are kept.\n`);
  return EXIT.ok;
}
