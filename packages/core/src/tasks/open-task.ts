import type { Ports } from "../ports/ports.ts";
import type { StoredTask, WaitingState } from "./operator-task.ts";
import { taskGuide, type TaskSubject } from "./task-kinds.ts";

const DAY = 86_400_000;
/** As long as the waiting states' TimeoutSeconds. */
const DAYS_TO_ANSWER = 14;

/** Stores the task under an opaque id and tells that somebody has to act. */
export async function openTask(
  subject: TaskSubject,
  { taskToken, executionArn }: WaitingState,
  { records, clock, events, newId }: Pick<Ports, "records" | "clock" | "events" | "newId">,
): Promise<{ taskId: string }> {
  const id = newId();
  const openedAt = clock.now();
  const deadline = openedAt + DAYS_TO_ANSWER * DAY;
  const { title } = taskGuide(subject);
  const task: StoredTask = {
    id,
    subject,
    title,
    taskToken,
    executionArn,
    openedAt: new Date(openedAt).toISOString(),
    deadline: new Date(deadline).toISOString(),
    status: "open",
  };
  await records.put("task", id, task, { ifRevision: 0, expiresAt: deadline });
  events.emit("operator-task.opened", { taskId: id, kind: subject.kind, title });
  return { taskId: id };
}
