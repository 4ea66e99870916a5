import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** Whether an execution goes on. Step Functions forgets executions 90 days after their end. */
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
