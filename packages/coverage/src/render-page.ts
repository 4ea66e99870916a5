import type { OperationCoverage } from "./coverage-of.ts";
import type { CoveragePage } from "./pages.ts";

/** Renders a page as Markdown. @param deviations text of `deviations.md`, null if there is none */
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
  const rows = [
    ["operation", "the simulator"],
    ...imitated.map(({ operation }) => [`\`${operation}\``, "imitates it"]),
    ...refused.map(({ operation }) => [`\`${operation}\``, "refuses it"]),
  ];
  return [
    `Of ${operations.length} operations, ${imitated.length} are imitated and ${refused.length} are refused.`,
    renderTable(rows),
  ];
}

/** Columns of even width, as the formatter of the repository wants them. */
function renderTable(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [header = [], ...body] = rows;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}
