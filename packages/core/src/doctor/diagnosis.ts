import { FlowError, isFlowError } from "../errors.ts";
import type { Severity } from "../watch/concern.ts";

/** On which side something stands. */
export type DiagnosisSide = "AWS" | "Entra" | "Network";

/** What one check of `landbridge doctor` came to. */
export interface Diagnosis {
  readonly side: DiagnosisSide;
  /** What was checked, in a few words; stays the same. */
  readonly check: string;
  /** `skipped`: it needs something that is not there yet, or that another check says is missing. */
  readonly status: Severity | "skipped";
  readonly what: string;
  readonly remedy: string | null;
}

type Verdict = Pick<Diagnosis, "status" | "what" | "remedy">;

export function good(what: string): Verdict {
  return { status: "ok", what, remedy: null };
}

export function bad(status: Exclude<Severity, "ok">, what: string, remedy: string): Verdict {
  return { status, what, remedy };
}

export function skipped(what: string): Verdict {
  return { status: "skipped", what, remedy: null };
}

/**
 * Does one check. Whatever it fails with is what the doctor has to tell: an error ends this check and no other.
 * Several verdicts are several lines.
 */
export async function diagnose(
  side: DiagnosisSide,
  check: string,
  examine: () => Promise<Verdict | readonly Verdict[]>,
): Promise<Diagnosis[]> {
  const verdicts = await examine().catch((error: unknown) => [verdictOf(error)]);
  return [verdicts].flat().map((verdict) => ({ side, check, ...verdict }));
}

function verdictOf(error: unknown): Verdict {
  if (isFlowError(error)) return bad("critical", `${error.name}: ${error.message}`, error.remedy);
  const unknown = new FlowError(
    "Unexpected",
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  );
  return bad("critical", unknown.message, unknown.remedy);
}
