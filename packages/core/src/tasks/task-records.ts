import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { RecordStore, StoredRecord } from "../ports/record-store.ts";
import type { Decision, OperatorTask, StoredTask } from "./operator-task.ts";

const DAY = 86_400_000;
/** As long as the waiting states' TimeoutSeconds. */
const DAYS_TO_ANSWER = 14;
/** After the deadline, so that people can see who answered; Step Functions keeps executions as long. */
const DAYS_KEPT = 90;

/** How a task ends. */
export type Ending = Decision | { readonly status: "expired" | "withdrawn" | "superseded" };

/** Milliseconds since the epoch. */
export function deadlineOf(openedAt: number): number {
  return openedAt + DAYS_TO_ANSWER * DAY;
}

/** The task without what must not leave the backend. */
export function withoutToken({
  sealedToken: _token,
  claimedUntil: _claim,
  decision: _decision,
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

/** Open tasks of a run without a decision; for the others, the run's history says what happened. */
export async function undecidedTasks(
  executionArn: string,
  records: RecordStore,
): Promise<StoredRecord<StoredTask>[]> {
  const open = await openTasks(records);
  return open.filter(({ value }) => value.executionArn === executionArn && !value.decision);
}

/** @param revision of the record that the task was read from. @throws {FlowError} ConflictingOperation if it has changed */
export async function writeTask(task: StoredTask, revision: number, records: RecordStore): Promise<void> {
  const expiresAt = Date.parse(task.deadline) + DAYS_KEPT * DAY;
  await records.put("task", task.id, task, { ifRevision: revision, expiresAt });
}

/** How a task ends that was not answered and that its flow no longer waits for. */
export function endingUnanswered(task: OperatorTask, now: number): Ending {
  return { status: Date.parse(task.deadline) <= now ? "expired" : "withdrawn" };
}

/**
 * Closes a task, unless it has been closed, or somebody else has decided, since it was read.
 * @returns the task afterwards
 * @throws {FlowError} TaskNotFound
 */
export async function closeTask(
  task: StoredTask,
  ending: Ending,
  ports: Pick<Ports, "records" | "events">,
): Promise<OperatorTask> {
  const { value, revision } = await storedTask(task.id, ports.records);
  if (value.status !== "open" || !isSame(value.decision, task.decision)) return withoutToken(value);
  const closed = { ...withoutToken(value), ...ending };
  try {
    await writeTask(closed, revision, ports.records);
  } catch (error) {
    if (!isFlowError(error, "ConflictingOperation")) throw error;
    return closeTask(task, ending, ports);
  }
  const { id: taskId, title, subject } = value;
  const { status } = ending;
  if (status === "answered" || status === "declined")
    ports.events.emit("operator-task.answered", { taskId, kind: subject.kind });
  else ports.events.emit("operator-task.closed", { taskId, kind: subject.kind, title, status });
  return closed;
}

type Who = Pick<OperatorTask, "answeredBy" | "answeredAt">;

/** Whether both are the same decision. */
export function isSame(one: Who | undefined, other: Who | undefined): boolean {
  return one?.answeredBy === other?.answeredBy && one?.answeredAt === other?.answeredAt;
}
