import { type OperatorTask, printable } from "@landbridge/core";
import { openDeployment } from "../deployment/open-deployment.ts";
import { EXIT, type ExitCode } from "../exit.ts";
import { LANDBRIDGE } from "../program-name.ts";
import { makeStyle, type Streams } from "../streams.ts";
import { describeEnd } from "./describe-end.ts";
import { shortIds } from "./find-task.ts";

const HOUR = 3_600_000;

interface ListOptions {
  /** Closed tasks too, the newest first. */
  readonly all: boolean;
  readonly json: boolean;
}

/** Prints the open tasks, the oldest first, or every stored task. */
export async function listTasks({ all, json }: ListOptions, streams: Streams): Promise<ExitCode> {
  const { tasks: desk, clock } = openDeployment(streams.variables, (message) =>
    streams.err.write(`! ${message}\n`),
  );
  const tasks = all ? newestFirst(await desk.listAll()) : await desk.listOpen();
  if (json) {
    streams.out.write(`${JSON.stringify(tasks, null, 2)}\n`);
    return EXIT.ok;
  }
  if (tasks.length === 0) {
    streams.out.write(all ? "There has been no operator task.\n" : "No operator task is open.\n");
    return EXIT.ok;
  }
  const style = makeStyle(streams.out, streams.variables);
  const ids = shortIds(tasks);
  const rows = all ? rowsOfAll(tasks, ids) : rowsOfOpen(tasks, ids, clock.now());
  const [head = "", ...lines] = alignColumns(rows);
  const [first] = ids.values();
  const hint = `${all ? "More of one" : "What to do"}: ${LANDBRIDGE} tasks show ${first}`;
  streams.out.write(`${[style("dim", head), ...lines, "", style("dim", hint)].join("\n")}\n`);
  return EXIT.ok;
}

function rowsOfOpen(
  tasks: readonly OperatorTask[],
  ids: ReadonlyMap<string, string>,
  now: number,
): string[][] {
  const rows = tasks.map(({ id, subject, title, openedAt, deadline }) => [
    ids.get(id) ?? id,
    subject.kind,
    title,
    duration(now - Date.parse(openedAt)),
    `${deadline.slice(0, 16).replace("T", " ")} UTC, in ${duration(Date.parse(deadline) - now)}`,
  ]);
  return [["ID", "KIND", "TITLE", "OPEN FOR", "DEADLINE"], ...rows];
}

function rowsOfAll(tasks: readonly OperatorTask[], ids: ReadonlyMap<string, string>): string[][] {
  const rows = tasks.map((task) => [
    ids.get(task.id) ?? task.id,
    task.subject.kind,
    `${task.openedAt.slice(0, 16).replace("T", " ")} UTC`,
    printable(describeEnd(task)),
  ]);
  return [["ID", "KIND", "OPENED", "STATUS"], ...rows];
}

function newestFirst(tasks: readonly OperatorTask[]): OperatorTask[] {
  return tasks.toSorted((a, b) => b.openedAt.localeCompare(a.openedAt) || a.id.localeCompare(b.id));
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
