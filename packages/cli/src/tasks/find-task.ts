import type { OperatorTask } from "@landbridge/core";
import type { TaskDesk } from "../deployment/deployment.ts";
import { UsageError } from "../exit.ts";
import { LANDBRIDGE } from "../program-name.ts";

/** As much of an id as people need to see and type. */
const SHORT = 8;

/** Ids as short as keeps them apart, by their full length. */
export function shortIds(tasks: readonly OperatorTask[]): Map<string, string> {
  const ids = tasks.map(({ id }) => id);
  let length = SHORT;
  while (new Set(ids.map((id) => id.slice(0, length))).size < ids.length) length += 1;
  return new Map(ids.map((id) => [id, id.slice(0, length)]));
}

/**
 * The task whose id starts with this: an open one if there is any.
 * @throws {UsageError} for a blank id, which every id begins with, and when several tasks begin so; FlowError TaskNotFound
 */
export async function findTask(idOrBeginning: string, tasks: TaskDesk): Promise<OperatorTask> {
  if (idOrBeginning.trim() === "")
    throw new UsageError(
      `The id of the task is blank. To list open tasks with their ids: ${LANDBRIDGE} tasks`,
    );
  const beginsSo = ({ id }: OperatorTask) => id.startsWith(idOrBeginning);
  const open = (await tasks.listOpen()).filter(beginsSo);
  const found = open.length > 0 ? open : (await tasks.listAll()).filter(beginsSo);
  const [only, other] = found;
  if (other === undefined) return only ?? (await tasks.read(idOrBeginning));
  const ids = shortIds(found);
  const choice = found.map((task) => `  ${ids.get(task.id)}  ${task.title}`).join("\n");
  throw new UsageError(`${idOrBeginning}is the start of the ids of ${found.length} tasks:\n${choice}`);
}
