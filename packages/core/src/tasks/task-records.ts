import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { RecordStore, StoredRecord } from "../ports/record-store.ts";
import type { OperatorTask, StoredTask } from "./operator-task.ts";

const DAY = 86_400_000;
/** As long as the waiting states' TimeoutSeconds. */
const DAYS_TO_ANSWER = 14;
/** After the deadline, for whoever asks who answered; Step Functions keeps executions as long. */
const DAYS_KEPT = 90;

/** How a task ends. */
export type Ending = Pick<OperatorTask, "answeredBy" | "answeredAt"> & {
  readonly status: Exclude<OperatorTask["status"], "open">;
};

/** Milliseconds since the epoch. */
export function deadlineOf(openedAt: number): number {
  return openedAt + DAYS_TO_ANSWER * DAY;
}

/** What may leave the backend. */
export function withoutToken({
  sealedToken: _token,
  claimedUntil: _claim,
  ...task
}: StoredTask): OperatorTask {
  return task;
}

/** @throws {FlowError} TaskNotFound */
export async function storedTask(taskId: string, records: RecordStore): Promise<StoredRecord<StoredTask>> {
  const stored = await records.get<StoredTask>("task", taskId);
  if (!stored) throw new FlowError("TaskNotFound", `No task ${taskId}`);
  return stored;
}

export async function openTasks(records: RecordStore): Promise<StoredRecord<StoredTask>[]> {
  const stored = await records.list<StoredTask>("task");
  return stored.filter(({ value }) => value.status === "open");
}

/** @param revision of the record that the task was made from. @throws {FlowError} ConflictingOperation when it is another by now */
export async function writeTask(task: StoredTask, revision: number, records: RecordStore): Promise<void> {
  const expiresAt = Date.parse(task.deadline) + DAYS_KEPT * DAY;
  await records.put("task", task.id, task, { ifRevision: revision, expiresAt });
}

/** How a task ends that its flow no longer waits for. */
export function endingUnanswered(task: OperatorTask, now: number): Ending {
  return { status: Date.parse(task.deadline) <= now ? "expired" : "withdrawn" };
}

/**
 * Closes a task. What a person decided stands, because the flow has it; a task that ended otherwise ends once.
 * @throws {FlowError} TaskNotFound
 */
export async function closeTask(
  taskId: string,
  ending: Ending,
  ports: Pick<Ports, "records" | "events">,
): Promise<void> {
  const { value, revision } = await storedTask(taskId, ports.records);
  const isDecision = ending.answeredBy !== undefined;
  if (value.status !== "open" && !isDecision) return;
  try {
    await writeTask({ ...withoutToken(value), ...ending }, revision, ports.records);
  } catch (error) {
    if (!isFlowError(error, "ConflictingOperation")) throw error;
    return closeTask(taskId, ending, ports);
  }
  const { status } = ending;
  const { title, subject } = value;
  if (isDecision) ports.events.emit("operator-task.answered", { taskId, kind: subject.kind });
  else ports.events.emit("operator-task.closed", { taskId, kind: subject.kind, title, status });
}
