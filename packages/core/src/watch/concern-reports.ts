import { isFlowError } from "../errors.ts";
import type { Ports } from "../ports/ports.ts";
import type { Concern } from "../model/concern.ts";
import { readStoredText } from "../records/read-stored.ts";
import { finding } from "./findings.ts";
import { ConcernReport } from "./health-document.ts";
import type { Inspection } from "./inspection.ts";

/** One object per concern: a run that checks some of them leaves the others unchanged. */
function keyOf(concern: Concern): string {
  return `health/concerns/${concern}.json`;
}

const SHAPE = { version: 1, schema: ConcernReport } as const;

export async function keepConcernReport(
  report: ConcernReport,
  { objects }: Pick<Ports, "objects">,
): Promise<void> {
  await objects.putText(keyOf(report.concern), JSON.stringify({ ...report, version: SHAPE.version }));
}

/** Stores the result of an inspection. */
export async function keepInspection(
  concern: Concern,
  inspection: Inspection,
  ports: Pick<Ports, "objects" | "clock">,
): Promise<void> {
  const checkedAt = new Date(ports.clock.now()).toISOString();
  await keepConcernReport({ concern, checkedAt, ...inspection }, ports);
}

/** The latest report. One that was never made, or that cannot be read, counts as not checked and says why. */
export async function readConcernReport(
  concern: Concern,
  { objects, clock }: Pick<Ports, "objects" | "clock">,
): Promise<ConcernReport> {
  const text = await objects.readText(keyOf(concern)).catch((error: unknown) => {
    if (isFlowError(error, "IncompleteRead")) return null;
    throw error;
  });
  const at = new Date(clock.now()).toISOString();
  if (text === null) return notDoneReport(concern, "It has not been checked yet.", at);
  try {
    return ConcernReport.parse(readStoredText(text, keyOf(concern), SHAPE));
  } catch (error) {
    if (!isFlowError(error, "RecordTooNew", "StoredRecordInvalid")) throw error;
    return notDoneReport(concern, `${error.message}. The next check replaces it.`, at);
  }
}

/** @param why a sentence */
export function notDoneReport(concern: Concern, why: string, checkedAt: string): ConcernReport {
  return {
    concern,
    checkedAt,
    outcome: "not-done",
    state: "could not be checked",
    expiresAt: null,
    findings: [finding("CheckNotDone", `${concern} could not be checked. ${why}`)],
    figures: {},
  };
}
