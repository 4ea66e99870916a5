import { printableData, type TaskGuide, type TaskKindName } from "@landbridge/core";
import type { makeStyle } from "../streams.ts";

type Style = ReturnType<typeof makeStyle>;

/** Title, reason, warnings and steps, line by line. */
export function renderGuide(guide: TaskGuide, style: Style): string[] {
  const { title, why, warnings = [], steps } = printableData(guide);
  return [
    style("bold", title),
    why,
    "",
    ...warnings.map((warning) => `  ${style("yellow", "!")} ${warning}`),
    ...(warnings.length > 0 ? [""] : []),
    ...steps.map((step, index) => `  ${index + 1}. ${step}`),
  ];
}

/** Below the root of the repository. */
export function guidePath(kind: TaskKindName): string {
  return `docs/guides/${kind}.md`;
}
