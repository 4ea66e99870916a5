import { FlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { closeTask, undecidedTasks } from "./task-records.ts";

/**
 * The flow's operator did not answer: closes the task and ends the flow with its own error name.
 * @throws {FlowError} TaskExpired, always
 */
export async function expireTask(
  executionArn: string,
  ports: Pick<Ports, "records" | "events">,
): Promise<never> {
  const waited = await undecidedTasks(executionArn, ports.records);
  for (const { value } of waited) await closeTask(value, { status: "expired" }, ports);
  const what = waited.map(({ value }) => `"${value.title}", open since ${value.openedAt}`).join(", ");
  throw new FlowError("TaskExpired", `Nobody answered the operator task in time${what && `: ${what}`}`);
}
