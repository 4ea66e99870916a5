import type { Scope } from "./scope.ts";
import { Aborted } from "./state-error.ts";
import { TaskError } from "./task-error.ts";

/** The task ran out of time: TimeoutSeconds, or HeartbeatSeconds since the last sign of life. AWS gives no cause. */
export class TaskExpired extends TaskError {}

export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

export interface TaskControl {
  /** Aborts when the task has ended in any way. */
  readonly signal: AbortSignal;
  /** A sign of life. */
  readonly beat: () => void;
}

/**
 * Does the work of a task within its limits. Late work continues, since nothing can stop a running function, but nothing
 * waits for it.
 * @throws {TaskExpired} States.Timeout or States.HeartbeatTimeout
 */
export async function runWithinLimits<T>(
  scope: Scope,
  limits: TaskLimits,
  work: (control: TaskControl) => Promise<T>,
): Promise<T> {
  const { alarms } = scope.runtime;
  const task = new AbortController();
  const signal = AbortSignal.any([scope.signal, task.signal]);
  const expireAfter = (seconds: number, error: string) =>
    alarms.set(seconds * 1000, () => task.abort(new TaskExpired(error, undefined)));

  const { timeoutSeconds, heartbeatSeconds } = limits;
  let cancelHeartbeat: (() => void) | null = null;
  const beat = () => {
    cancelHeartbeat?.();
    if (heartbeatSeconds === undefined || signal.aborted) return;
    cancelHeartbeat = expireAfter(heartbeatSeconds, "States.HeartbeatTimeout");
  };
  const stopBeating = () => cancelHeartbeat?.();
  const cancelTimeout = timeoutSeconds === undefined ? null : expireAfter(timeoutSeconds, "States.Timeout");
  beat();
  try {
    return await Promise.race([work({ signal, beat }), rejectWhenAborted(signal)]);
  } finally {
    cancelTimeout?.();
    stopBeating();
    task.abort(new Aborted("The task has ended."));
  }
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.throwIfAborted();
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
