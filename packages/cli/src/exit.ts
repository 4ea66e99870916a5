/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, stopped: 130 } as const;
/**
 * Of commands that compare, as `terraform plan -detailed-exitcode` has it: there would be something to change. Wrong usage
 * is 1 in these, so that no pipeline takes a mistyped flag for changes.
 */
export const CHANGES = 2;
/** Of `status` and `doctor`: something fails or soon will; 2 is what wants an action in the next days. */
export const CRITICAL = 3;
/**
 * Of `apply`: the guardrails hold the plan until somebody else approves it, or a newer plan has taken its place. Of `rotate`, away from
 * a terminal: the flow waits for a person, and goes on by itself.
 */
export const HELD = 3;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT] | typeof HELD;

/** Something the caller gave is wrong: said in full on stderr, exit code 2, nothing written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
