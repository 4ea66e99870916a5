import type { Ports } from "../ports/ports.ts";
import { listOpenTasks } from "../tasks/read-tasks.ts";
import { daysUntil } from "./expiry.ts";
import { finding } from "./findings.ts";
import { checked, type Inspection } from "./inspection.ts";

/** With less time left it is a warning. */
const SOON_DAYS = 3;

/** What waits for a person. */
export async function checkOperatorTasks(
  ports: Pick<Ports, "records" | "clock" | "executions">,
): Promise<Inspection> {
  const tasks = await listOpenTasks(ports);
  const figures = { openTasks: tasks.length };
  if (tasks.length === 0) return checked("none open", { figures });
  const now = ports.clock.now();
  const isUrgent = tasks.some(({ deadline }) => daysUntil(deadline, now) < SOON_DAYS);
  const subjects = tasks.map(({ id, title, openedAt, deadline }) => ({
    name: title,
    reason: `open since ${openedAt.slice(0, 16)}Z, until ${deadline.slice(0, 16)}Z (task ${id})`,
  }));
  const what = `${tasks.length === 1 ? "1 operator task waits" : `${tasks.length} operator tasks wait`} for a person.`;
  return checked(`${tasks.length} open`, {
    findings: [finding("TasksOpen", what, { severity: isUrgent ? "warning" : "notice", subjects })],
    figures,
  });
}
