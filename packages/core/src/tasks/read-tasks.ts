import { isRunning } from "../flows/is-running.ts";
import type { Ports } from "../ports/ports.ts";
import type { OperatorTask } from "./operator-task.ts";
import { openTasks, storedTask, TASKS, withoutToken } from "./task-records.ts";

/**
 * Tasks that can be answered now, oldest first, without their tokens: the deadline has not passed, and the run still waits.
 */
export async function listOpenTasks({
  records,
  clock,
  executions,
}: Pick<Ports, "records" | "clock" | "executions">): Promise<OperatorTask[]> {
  const open = (await openTasks(records))
    .map(({ value }) => withoutToken(value))
    .filter(({ deadline }) => Date.parse(deadline) > clock.now());
  const waited = await Promise.all(open.map((task) => isWaitedFor(task, executions)));
  return open
    .filter((_, index) => waited[index])
    .toSorted((a, b) => a.openedAt.localeCompare(b.openedAt) || a.id.localeCompare(b.id));
}

/** Every task of the last months, whatever became of it, without its token. */
export async function listTasks({ records }: Pick<Ports, "records">): Promise<OperatorTask[]> {
  return (await TASKS.list(records)).map(({ value }) => withoutToken(value));
}

/** One task without its token. @throws {FlowError} TaskNotFound */
export async function readTask(taskId: string, { records }: Pick<Ports, "records">): Promise<OperatorTask> {
  return withoutToken((await storedTask(taskId, records)).value);
}

/** Whether its run still waits. */
export function isWaitedFor(
  { executionArn }: OperatorTask,
  executions: Ports["executions"],
): Promise<boolean> {
  return isRunning(executionArn, executions);
}
