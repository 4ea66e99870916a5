import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { LANDBRIDGE } from "../program-name.ts";
import { makeStyle, type Streams } from "../streams.ts";
import { shortIds } from "./find-task.ts";

const HOUR = 3_600_000;

/** Prints the open tasks, the oldest first. */
export async function listTasks({ json }: { readonly json: boolean }, streams: Streams): Promise<ExitCode> {
  const deployment = openDeployment(streams.variables, (message) => streams.err.write(`! ${message}\n`));
  const tasks = await deployment.tasks.listOpen();
  if (json) {
    streams.out.write(`${JSON.stringify(tasks, null, 2)}\n`);
    return EXIT.ok;
  }
  if (tasks.length === 0) {
    streams.out.write("No operator task is open.\n");
    return EXIT.ok;
  }
  const style = makeStyle(streams.out, streams.variables);
  const now = deployment.clock.now();
  const ids = shortIds(tasks);
  const rows = tasks.map(({ id, subject, title, openedAt, deadline }) => [
    ids.get(id) ?? id,
    subject.kind,
    title,
    duration(now - Date.parse(openedAt)),
    `${deadline.slice(0, 16).replace("T", " ")} UTC, in ${duration(Date.parse(deadline) - now)}`,
  ]);
  const [head = "", ...lines] = alignColumns([["ID", "KIND", "TITLE", "OPEN FOR", "DEADLINE"], ...rows]);
  const [first] = ids.values();
  const hint = `What to do: ${LANDBRIDGE} tasks show ${first}`;
  streams.out.write(`${[style("dim", head), ...lines, "", style("dim", hint)].join("\n")}\n`);
  return EXIT.ok;
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** In whole hours, then days. A clock that is a little behind shows no negative time. */
function duration(milliseconds: number): string {
  const hours = Math.floor(Math.max(0, milliseconds) / HOUR);
  if (hours < 1) return "less than 1 h";
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
