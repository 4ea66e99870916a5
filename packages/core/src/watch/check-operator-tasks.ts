import type { Ports } from "../ports/ports.ts";
import type { OperatorTask } from "../tasks/operator-task.ts";
import { listOpenTasks } from "../tasks/read-tasks.ts";
import { daysUntil } from "./expiry.ts";
import { type Finding, finding } from "./findings.ts";
import { checked, type Inspection } from "./inspection.ts";

/** With less time left it is a warning. */
const SOON_DAYS = 3;
const DAY_MILLISECONDS = 86_400_000;

/** What waits for a person: held plans, and other tasks. */
export async function checkOperatorTasks(
  ports: Pick<Ports, "records" | "clock" | "executions">,
): Promise<Inspection> {
  const tasks = await listOpenTasks(ports);
  const figures = { openTasks: tasks.length };
  if (tasks.length === 0) return checked("none open", { figures });
  const now = ports.clock.now();
  const holds = tasks.filter(isHold);
  const others = tasks.filter((task) => !isHold(task));
  return checked(`${tasks.length} open`, {
    findings: [...holdsFound(holds, now), ...tasksFound(others, now)],
    figures,
  });
}

function isHold({ subject }: OperatorTask): boolean {
  return subject.kind === "plan-approval";
}

/** A warning if the first reminder, after a day, had no effect. */
function holdsFound(holds: readonly OperatorTask[], now: number): Finding[] {
  const [first] = holds;
  if (!first) return [];
  const isOld = now - Date.parse(first.openedAt) > DAY_MILLISECONDS;
  const count = holds.length === 1 ? "1 plan is" : `${holds.length} plans are`;
  const what = `${count} held for approval, the first since ${minute(first.openedAt)}.`;
  const severity = isOld ? "warning" : "notice";
  return [finding("PlanHeld", what, { severity, subjects: holds.map(subjectOf) })];
}

function tasksFound(tasks: readonly OperatorTask[], now: number): Finding[] {
  if (tasks.length === 0) return [];
  const isUrgent = tasks.some(({ deadline }) => daysUntil(deadline, now) < SOON_DAYS);
  const what = `${tasks.length === 1 ? "1 operator task waits" : `${tasks.length} operator tasks wait`} for a person.`;
  const severity = isUrgent ? "warning" : "notice";
  return [finding("TasksOpen", what, { severity, subjects: tasks.map(subjectOf) })];
}

function subjectOf({ id, title, openedAt, deadline }: OperatorTask) {
  const reason = `open since ${minute(openedAt)}, until ${minute(deadline)} (task ${id})`;
  return { name: title, reason };
}

function minute(time: string): string {
  return `${time.slice(0, 16)}Z`;
}
