import { FlowError, isFlowError } from "../errors.ts";
import type { Severity } from "../model/concern.ts";

/** The side that a check belongs to. */
export type DiagnosisSide = "AWS" | "Entra" | "Network";

/** The result of one check of `landbridge doctor`. */
export interface Diagnosis {
  readonly side: DiagnosisSide;
  /** A short, stable description of what was checked. */
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
 * Runs one check and reports its failure instead of throwing it: an error ends only this check. Several verdicts are
 * several lines.
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
