import type { OperatorTask } from "@landbridge/core";
import type { TaskDesk } from "../deployment/deployment.ts";
import { UsageError } from "../exit.ts";

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
 * The task whose id begins so: an open one if there is any.
 * @throws {UsageError} when several do; FlowError TaskNotFound
 */
export async function findTask(idOrBeginning: string, tasks: TaskDesk): Promise<OperatorTask> {
  const beginsSo = ({ id }: OperatorTask) => id.startsWith(idOrBeginning);
  const open = (await tasks.listOpen()).filter(beginsSo);
  const found = open.length > 0 ? open : (await tasks.listAll()).filter(beginsSo);
  const [only, other] = found;
  if (other === undefined) return only ?? (await tasks.read(idOrBeginning));
  const ids = shortIds(found);
  const choice = found.map((task) => `  ${ids.get(task.id)}  ${task.title}`).join("\n");
  throw new UsageError(`${idOrBeginning} begins the id of ${found.length} tasks:\n${choice}`);
}
