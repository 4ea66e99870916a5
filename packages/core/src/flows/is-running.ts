import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** Whether an execution is still running. Step Functions deletes executions 90 days after they end. */
export async function isRunning(
  executionArn: string,
  executions: Pick<Ports["executions"], "status">,
): Promise<boolean> {
  try {
    return (await executions.status(executionArn)) === "RUNNING";
  } catch (error) {
    if (isFlowError(error, "ExecutionNotFound")) return false;
    throw error;
  }
}
