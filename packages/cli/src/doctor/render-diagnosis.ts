import { type Diagnosis, type DiagnosisSide, type DoctorReport, printableData } from "@landbridge/core";
import type { makeStyle } from "../streams.ts";

type Style = ReturnType<typeof makeStyle>;

const SIDES: readonly DiagnosisSide[] = ["AWS", "Entra", "Network"];
const MARKS = { ok: "✓", notice: "i", warning: "!", critical: "✗", skipped: "–" } as const;
const COLOURS = { ok: "green", notice: "cyan", warning: "yellow", critical: "red", skipped: "dim" } as const;

/** For a person: one line per check, with the remedy below those that need one. */
export function renderDiagnosis(report: DoctorReport, style: Style): string {
  const { checks } = printableData(report);
  const width = Math.max(...checks.map(({ check }) => check.length));
  const lines = SIDES.flatMap((side) => {
    const here = checks.filter((one) => one.side === side);
    const rendered = here.flatMap((one, index) => renderCheck(one, here[index + 1], { width, style }));
    return [style("bold", side), ...rendered, ""];
  });
  return `${lines.join("\n")}\n${renderSummary(checks, style)}\n`;
}

/** A remedy that consecutive lines share is printed once, below the last of them. */
function renderCheck(
  { check, status, what, remedy }: Diagnosis,
  next: Diagnosis | undefined,
  { width, style }: { readonly width: number; readonly style: Style },
): string[] {
  const line = `  ${style(COLOURS[status], MARKS[status])} ${check.padEnd(width)}  ${what}`;
  if (remedy === null || remedy === next?.remedy) return [line];
  return [line, `    ${" ".repeat(width)}  ${style("dim", "Remedy")} ${remedy}`];
}

function renderSummary(checks: readonly Diagnosis[], style: Style): string {
  const counts = (["critical", "warning", "notice", "skipped", "ok"] as const).flatMap((status) => {
    const count = checks.filter((one) => one.status === status).length;
    return count === 0 ? [] : [style(COLOURS[status], `${count} ${status}`)];
  });
  return `${checks.length} checks: ${counts.join(", ")}`;
}
