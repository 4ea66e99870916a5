import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** Where a run comes from: the execution that somebody started, which is another one for a nested run. */
export interface RunOrigin {
  readonly executionArn: string;
  /** What its input says of who asked for it; null when it says nothing. Anybody can write anything there. */
  readonly claim: string | null;
  /** Flow that waits for this run, such as `drain-changes`; null for a run that was started by itself. */
  readonly waitingFlow: string | null;
}

interface Run {
  readonly executionArn: string;
  /** ARN of the execution that started it, as its input says; null when it says none. */
  readonly parent: string | null;
  readonly requestedBy: string | null;
}

/**
 * Finds the execution that somebody started. A parent counts only when it runs and its own history says that it started this
 * run: whoever starts an execution can name any parent in its input.
 */
export async function findOrigin(
  { executionArn, parent, requestedBy }: Run,
  { executions }: { readonly executions: Pick<Ports["executions"], "read"> },
): Promise<RunOrigin> {
  const own = { executionArn, claim: requestedBy, waitingFlow: null };
  if (parent === null) return own;
  try {
    const { status, flow, history } = await executions.read(parent);
    const hasStarted = history.some(({ what, subject }) => what === "started" && subject === executionArn);
    return status === "RUNNING" && hasStarted ? { ...own, executionArn: parent, waitingFlow: flow } : own;
  } catch (error) {
    if (isFlowError(error, "ExecutionNotFound")) return own;
    throw error;
  }
}
