import type { OperationCoverage } from "./coverage-of.ts";
import type { CoveragePage } from "./pages.ts";

/** Markdown of a page. @param deviations text of `deviations.md`, null when there is none */
export function renderPage(
  { title, service, note }: CoveragePage,
  operations: readonly OperationCoverage[] | null,
  deviations: string | null,
): string {
  const parts = [
    `# ${title} (\`${service}\`): what is imitated`,
    "<!-- Written by `npm run coverage`, which asks the simulator for every operation of the wire contract. -->",
    ...(note === undefined ? [] : [note]),
    ...(operations === null ? [] : renderOperations(operations)),
    ...(deviations === null ? [] : ["## Known deviations", deviations.trim()]),
  ];
  return `${parts.join("\n\n")}\n`;
}

function renderOperations(operations: readonly OperationCoverage[]): string[] {
  const imitated = operations.filter((one) => one.imitated);
  const refused = operations.filter((one) => !one.imitated);
  const rows = (list: readonly OperationCoverage[], word: string) =>
    list.map(({ operation }) => `| \`${operation}\` | ${word} |`);
  return [
    `Of ${operations.length} operations, ${imitated.length} are imitated and ${refused.length} are refused as not implemented.`,
    ["| operation | |", "| --- | --- |", ...rows(imitated, "imitated"), ...rows(refused, "refused")].join(
      "\n",
    ),
  ];
}
