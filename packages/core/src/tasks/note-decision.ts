import type { Ports } from "../ports/ports.ts";
import type { OperatorTask } from "./operator-task.ts";
import { taskKind } from "./task-kinds.ts";

/**
 * Stores a person's decision, for kinds of tasks whose decisions are read later.
 * @param reason why the task was declined; null when it was answered
 */
export async function noteDecision(
  { id, executionArn, subject }: OperatorTask,
  reason: string | null,
  { answeredBy, ...ports }: Pick<Ports, "records" | "events" | "clock"> & { readonly answeredBy: string },
): Promise<void> {
  const at = new Date(ports.clock.now()).toISOString();
  const decision = { taskId: id, executionArn, isYes: reason === null, by: answeredBy, at, reason };
  await taskKind(subject.kind).noteDecision?.(subject, decision, ports);
}
