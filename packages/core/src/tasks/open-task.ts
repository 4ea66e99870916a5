import type { Ports } from "../ports/ports.ts";
import type { WaitingState } from "./operator-task.ts";
import { taskGuide, type TaskSubject } from "./task-kinds.ts";
import { closeTask, deadlineOf, undecidedTasks, writeTask } from "./task-records.ts";

/**
 * Stores the task under an opaque id and announces it. A flow waits for one task at a time: a task that an earlier attempt of
 * the same state opened is withdrawn.
 */
export async function openTask(
  subject: TaskSubject,
  { taskToken, executionArn }: WaitingState,
  ports: Pick<Ports, "records" | "sealer" | "clock" | "events" | "newId">,
): Promise<{ taskId: string }> {
  const { records, sealer, clock, events, newId } = ports;
  for (const { value } of await undecidedTasks(executionArn, records))
    await closeTask(value, { status: "withdrawn" }, ports);
  const id = newId();
  const now = clock.now();
  const { title } = taskGuide(subject);
  const task = {
    id,
    subject,
    title,
    executionArn,
    openedAt: new Date(now).toISOString(),
    deadline: new Date(deadlineOf(now)).toISOString(),
    status: "open",
    reminders: 0,
    sealedToken: await sealer.seal(taskToken, { taskId: id, kind: subject.kind }),
  } as const;
  await writeTask(task, 0, records);
  events.emit("operator-task.opened", { taskId: id, kind: subject.kind, title });
  return { taskId: id };
}
