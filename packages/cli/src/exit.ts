/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, stopped: 130 } as const;
/**
 * For commands that compare, like `terraform plan -detailed-exitcode`: there are changes. Wrong usage is 1 in these, so that
 * no pipeline mistakes a mistyped flag for changes.
 */
export const CHANGES = 2;
/** For `status` and `doctor`: something fails or soon will; 2 means that something needs action in the next days. */
export const CRITICAL = 3;
/**
 * For `apply`: the guardrails hold the plan until somebody else approves it, or a newer plan has replaced it. For `rotate`
 * without a terminal: the flow waits for a person and continues without the command.
 */
export const HELD = 3;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT] | typeof HELD;

/** The caller's input is wrong: explained on stderr, exit code 2, nothing written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
