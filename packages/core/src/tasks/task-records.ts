import * as z from "zod";
import { FlowError, isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { RecordStore, StoredRecord } from "../ports/record-store.ts";
import { defineRecord } from "../records/define-record.ts";
import type { Decision, OperatorTask, StoredTask } from "./operator-task.ts";
import { StoredSubject } from "./stored-subject.ts";

const DAY = 86_400_000;
/** As long as the waiting states' TimeoutSeconds. */
const DAYS_TO_ANSWER = 14;
/** After the deadline, so that people can see who answered; Step Functions keeps executions as long. */
const DAYS_KEPT = 90;

const When = z.iso.datetime();

/** What may leave the backend. */
const OpenTask = z.object({
  id: z.string(),
  subject: StoredSubject,
  title: z.string(),
  executionArn: z.string(),
  openedAt: When,
  deadline: When,
  status: z.enum(["open", "answered", "declined", "expired", "withdrawn", "superseded"]),
  reminders: z.int(),
  answeredBy: z.string().exactOptional(),
  answeredAt: When.exactOptional(),
  reason: z.string().exactOptional(),
});

export const TASKS = defineRecord<StoredTask>({
  kind: "task",
  version: 1,
  schema: OpenTask.extend({
    sealedToken: z.string().exactOptional(),
    decision: z
      .object({
        status: z.enum(["answered", "declined"]),
        answeredBy: z.string(),
        answeredAt: When,
        reason: z.string().exactOptional(),
      })
      .exactOptional(),
    claimedUntil: z.number().exactOptional(),
  }),
});

/** How a task ends. */
export type Ending = Decision | { readonly status: "expired" | "withdrawn" | "superseded" };

/** Milliseconds since the epoch. */
export function deadlineOf(openedAt: number): number {
  return openedAt + DAYS_TO_ANSWER * DAY;
}

/** The task without what must not leave the backend. */
export function withoutToken(task: StoredTask): OperatorTask {
  return OpenTask.parse(task);
}

/** @throws {FlowError} TaskNotFound, RecordTooNew, StoredRecordInvalid */
export async function storedTask(taskId: string, records: RecordStore): Promise<StoredRecord<StoredTask>> {
  const stored = await TASKS.get(records, taskId);
  if (!stored) throw new FlowError("TaskNotFound", `No task ${taskId}`);
  return stored;
}

export async function openTasks(records: RecordStore): Promise<StoredRecord<StoredTask>[]> {
  const stored = await TASKS.list(records);
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
  await TASKS.put(records, task.id, task, { ifRevision: revision, expiresAt });
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
