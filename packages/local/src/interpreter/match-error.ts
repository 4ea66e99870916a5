/**
 * Whether a retrier or catcher with these names handles this error. [Step Functions Developer Guide: Handling errors, "Error
 * names"]
 */
export function matchesError(errorEquals: readonly string[], error: string | undefined): boolean {
  if (error === "States.Runtime") return false;
  if (error !== undefined && errorEquals.includes(error)) return true;
  if (error === "States.DataLimitExceeded") return false;
  if (errorEquals.includes("States.ALL")) return true;
  if (error === "States.HeartbeatTimeout" && errorEquals.includes("States.Timeout")) return true;
  return error !== "States.Timeout" && errorEquals.includes("States.TaskFailed");
}
