import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import { isRunning } from "../flows/is-running.ts";

import { closeTask, storedTask } from "../tasks/task-records.ts";
import type { Hold } from "./hold.ts";

export type SupersedePorts = Pick<Ports, "records" | "sealer" | "callbacks" | "events"> & {
  readonly executions: Pick<Ports["executions"], "status">;
};

/**
 * A newer plan replaces one that waits for its approval: the task is closed, and the run that asked ends with the result
 * `superseded`. A run that has ended, has not asked yet, or has been answered is left alone: it plans again first.
 */
export async function supersedeHold(
  { executionArn, taskId }: Hold,
  by: { readonly executionArn: string },
  ports: SupersedePorts,
): Promise<void> {
  if (taskId === null || executionArn === by.executionArn) return;
  if (!(await isRunning(executionArn, ports.executions))) return;
  const { value: task } = await storedTask(taskId, ports.records);
  if (task.status !== "open") return;
  const { sealedToken = "", subject } = task;
  const taskToken = await ports.sealer.unseal(sealedToken, { taskId, kind: subject.kind });
  try {
    await ports.callbacks.fail(taskToken, "PlanSuperseded", `${by.executionArn} has made a newer plan`);
  } catch (error) {
    // Somebody has just answered it: the run continues, plans again and finds the newer plan.
    if (isFlowError(error, "TaskNotFound")) return;
    throw error;
  }
  await closeTask(task, { status: "superseded" }, ports);
}
