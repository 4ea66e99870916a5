import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Decision, OperatorTask, StoredTask } from "./operator-task.ts";
import { closeTask, endingUnanswered } from "./task-records.ts";

/** The error of a state whose task was declined. */
export const DECLINED = "OperatorDeclined";

/**
 * Closes a task that its flow no longer waits for. A decision stands if the run's history says that it arrived: the process
 * that passed it on may not know.
 * @returns the task afterwards
 * @throws {FlowError} ConflictingOperation while the history does not say it yet
 */
export async function settleTask(
  task: StoredTask,
  ports: Pick<Ports, "records" | "callbacks" | "clock" | "events">,
): Promise<OperatorTask> {
  const { decision } = task;
  const ending =
    decision && (await hasArrived(decision, task, ports))
      ? decision
      : endingUnanswered(task, ports.clock.now());
  return closeTask(task, ending, ports);
}

async function hasArrived(
  { status }: Decision,
  { id, executionArn, openedAt }: StoredTask,
  { callbacks }: Pick<Ports, "callbacks">,
): Promise<boolean> {
  const end = await callbacks.endOfWait(executionArn, Date.parse(openedAt));
  if (end === null) throw beingPassedOn(id);
  return end.error === (status === "answered" ? null : DECLINED);
}

/** A decision is being passed on: its result is not known yet. */
export function beingPassedOn(taskId: string, cause?: unknown): FlowError {
  const message = `Another answer to task ${taskId} is being processed: look at the task again in a minute`;
  return new FlowError("ConflictingOperation", message, { cause });
}
