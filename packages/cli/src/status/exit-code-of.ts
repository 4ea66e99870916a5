import type { Severity } from "@landbridge/core";
import { CHANGES, CRITICAL, EXIT, type ExitCode } from "../exit.ts";

const CODES: Readonly<Record<Severity, ExitCode>> = {
  ok: EXIT.ok,
  notice: EXIT.ok,
  warning: CHANGES,
  critical: CRITICAL,
};

/** The exit code for the most severe finding. */
export function exitCodeOf(worst: Severity): ExitCode {
  return CODES[worst];
}
