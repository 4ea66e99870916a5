/** Exit codes of every command. */
export const EXIT = { ok: 0, failed: 1, usage: 2, stopped: 130 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Something the caller gave is wrong: said in full on stderr, exit code 2, nothing written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
