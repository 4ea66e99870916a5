import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { StoredRecord } from "../ports/record-store.ts";
import type { StoredTask } from "./operator-task.ts";
import { isWaitedFor } from "./read-tasks.ts";
import { settleTask } from "./settle-task.ts";
import { deadlineOf, openTasks, writeTask } from "./task-records.ts";

type Needs = Pick<Ports, "records" | "sealer" | "callbacks" | "executions" | "clock" | "events">;

const DAY = 86_400_000;
/** Days after a task was opened; another reminder goes out on its last day. */
const REMINDER_DAYS = [1, 3, 7];

/**
 * The daily round: reminds of open tasks, sends their flows a heartbeat, and closes those that no flow waits for. It makes up
 * for a missed day; running it twice reminds once. Trouble with one task does not affect the others.
 * @throws what the first task in trouble met with
 */
export async function remindOperators(ports: Needs): Promise<{ open: number; reminded: number }> {
  const tended = await Promise.allSettled((await openTasks(ports.records)).map((task) => tend(task, ports)));
  const trouble = tended.find((result) => result.status === "rejected");
  if (trouble) throw trouble.reason;
  const results = tended.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  return {
    open: results.filter((result) => result !== "closed").length,
    reminded: results.filter((result) => result === "reminded").length,
  };
}

async function tend(
  stored: StoredRecord<StoredTask>,
  ports: Needs,
): Promise<"closed" | "reminded" | "quiet"> {
  const { value: task } = stored;
  const now = ports.clock.now();
  if ((task.claimedUntil ?? 0) > now) return "quiet";
  const over = Date.parse(task.deadline) <= now || !(await isWaitedFor(task, ports.executions));
  if (over) {
    await settleTask(task, ports);
    return "closed";
  }
  const reminded = await remind(stored, ports);
  return (await beat(task, ports)) ? (reminded ? "reminded" : "quiet") : "closed";
}

/** Recorded before it is sent: a reminder may be lost, but none is sent twice. */
async function remind({ value: task, revision }: StoredRecord<StoredTask>, ports: Needs): Promise<boolean> {
  const now = ports.clock.now();
  const openedAt = Date.parse(task.openedAt);
  const lastDay = deadlineOf(openedAt) - DAY;
  const due = [...REMINDER_DAYS.map((days) => openedAt + days * DAY), lastDay].filter((at) => at <= now);
  if (due.length <= task.reminders) return false;
  try {
    await writeTask({ ...task, reminders: due.length }, revision, ports.records);
  } catch (error) {
    // Somebody answers it, or another round reminds of it, at this moment.
    if (isFlowError(error, "ConflictingOperation")) return false;
    throw error;
  }
  ports.events.emit("operator-task.reminder", {
    taskId: task.id,
    kind: task.subject.kind,
    title: task.title,
    openDays: Math.floor((now - openedAt) / DAY),
    deadline: task.deadline,
    isLast: now >= lastDay,
  });
  return true;
}

/** Resets the HeartbeatSeconds of the state that waits. */
async function beat(task: StoredTask, ports: Needs): Promise<boolean> {
  const { id, subject, sealedToken = "" } = task;
  const taskToken = await ports.sealer.unseal(sealedToken, { taskId: id, kind: subject.kind });
  try {
    await ports.callbacks.beat(taskToken);
    return true;
  } catch (error) {
    if (!isFlowError(error, "TaskNotFound")) throw error;
    await settleTask(task, ports);
    return false;
  }
}
