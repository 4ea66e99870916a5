import { extendConnection } from "../connect/connection.ts";
import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { RecordStore, StoredRecord } from "../ports/record-store.ts";
import { checkAnswer } from "./check-answer.ts";
import type { OperatorTask, StoredTask } from "./operator-task.ts";

type Needs = Pick<Ports, "records" | "callbacks" | "scim" | "secrets" | "clock" | "events">;

interface Answerer {
  /** Who answers: the ARN of the caller in AWS, or the user name of an API. */
  readonly answeredBy: string;
}

/** Open tasks whose deadline is not over, oldest first, without their tokens. */
export async function listOpenTasks({
  records,
  clock,
}: Pick<Ports, "records" | "clock">): Promise<OperatorTask[]> {
  const stored = await records.list<StoredTask>("task");
  return stored
    .map(({ value }) => withoutToken(value))
    .filter((task) => task.status === "open" && Date.parse(task.deadline) > clock.now())
    .toSorted((a, b) => a.openedAt.localeCompare(b.openedAt));
}

/** One task without its token. @throws {FlowError} TaskNotFound */
export async function readTask(taskId: string, { records }: Pick<Ports, "records">): Promise<OperatorTask> {
  return withoutToken((await storedTask(taskId, records)).value);
}

/**
 * The one way to answer a task: checks the answer, keeps what was learned, lets the flow go on, closes the task.
 * In that order: whatever fails, the task stays open and may be answered again.
 * @throws {FlowError} TaskNotFound, TaskAlreadyAnswered, and what {@link checkAnswer} throws
 */
export async function answerTask(
  taskId: string,
  answer: unknown,
  { answeredBy, ...ports }: Needs & Answerer,
): Promise<void> {
  const stored = await openTaskOf(taskId, ports);
  const task = stored.value;
  const { output, learned } = await checkAnswer(task.subject, answer, { ...ports, answeredBy });
  if (learned) await extendConnection(ports.records, learned);
  await complete(stored, ports, () => ports.callbacks.succeed(task.taskToken, output));
  await close(stored, "answered", ports);
  ports.events.emit("operator-task.answered", { taskId, kind: task.subject.kind });
}

/** The operator does not want the step: the flow ends with OperatorDeclined. @throws {FlowError} as {@link answerTask} */
export async function declineTask(taskId: string, reason: string, ports: Needs): Promise<void> {
  const stored = await openTaskOf(taskId, ports);
  const task = stored.value;
  const cause = `${task.title}: ${reason}`;
  await complete(stored, ports, () => ports.callbacks.fail(task.taskToken, "OperatorDeclined", cause));
  await close(stored, "declined", ports);
  ports.events.emit("operator-task.answered", { taskId, kind: task.subject.kind });
}

async function openTaskOf(taskId: string, { records }: Needs): Promise<StoredRecord<StoredTask>> {
  const stored = await storedTask(taskId, records);
  if (stored.value.status !== "open")
    throw new FlowError("TaskAlreadyAnswered", `Task ${taskId} is ${stored.value.status}`);
  return stored;
}

function withoutToken({ taskToken: _, ...task }: StoredTask): OperatorTask {
  return task;
}

async function storedTask(taskId: string, records: RecordStore): Promise<StoredRecord<StoredTask>> {
  const stored = await records.get<StoredTask>("task", taskId);
  if (!stored) throw new FlowError("TaskNotFound", `No task ${taskId}`);
  return stored;
}

/** Two answers at once: Step Functions takes the first. A task that nobody waits for any more is closed. */
async function complete(
  stored: StoredRecord<StoredTask>,
  ports: Needs,
  callback: () => Promise<void>,
): Promise<void> {
  try {
    await callback();
  } catch (error) {
    if (!isFlowError(error, "TaskNotFound")) throw error;
    await close(stored, "expired", ports);
    throw new FlowError("TaskAlreadyAnswered", "The flow no longer waits for this task", { cause: error });
  }
}

/** A closed task keeps no token. */
async function close(
  { id, value, revision }: StoredRecord<StoredTask>,
  status: Exclude<OperatorTask["status"], "open">,
  { records }: Needs,
): Promise<void> {
  const task: OperatorTask = { ...withoutToken(value), status };
  await records.put("task", id, task, { ifRevision: revision, expiresAt: Date.parse(value.deadline) });
}
