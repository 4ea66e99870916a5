import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";

/** The origin of a run: the execution that somebody started; for a nested run, this is another one. */
export interface RunOrigin {
  readonly executionArn: string;
  /** The requester that the input claims; null if none. Anybody can write anything there. */
  readonly claim: string | null;
  /** The flow that waits for this run, such as `drain-changes`; null for a run that was started directly. */
  readonly waitingFlow: string | null;
}

interface Run {
  readonly executionArn: string;
  /** ARN of the execution that started it, as its input says; null when it says none. */
  readonly parent: string | null;
  readonly requestedBy: string | null;
}

/**
 * Finds the execution that somebody started. A parent counts only if it is running and its own history says that it started
 * this run: anybody who starts an execution can name any parent in its input.
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
