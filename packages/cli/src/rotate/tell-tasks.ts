import { listOpenTasks } from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";
import { type ExitCode, HELD } from "../exit.ts";
import type { Progress } from "../render/progress.ts";
import { isInteractive, type Streams } from "../streams.ts";

const POLL_MILLISECONDS = 2_000;

interface Waiting {
  readonly executionArn: string;
  readonly over: AbortSignal;
}

/**
 * Tells of each task that the run opens and how to answer it. On a terminal the watching goes on; elsewhere it ends with
 * the first one: nobody is there, and the flow can wait for days.
 */
export async function tellTasks(
  { executionArn, over }: Waiting,
  deps: Pick<Deps, "records" | "executions" | "clock">,
  { progress, streams }: { readonly progress: Progress; readonly streams: Streams },
): Promise<ExitCode> {
  const told = new Set<string>();
  while (!over.aborted) {
    const open = await listOpenTasks(deps);
    const task = open.find((one) => one.executionArn === executionArn && !told.has(one.id));
    if (task) {
      told.add(task.id);
      progress.say(`  ◆ ${task.title}, until ${task.deadline.slice(0, 10)}. What to do, and the answer:`);
      progress.say(`      landbridge tasks show ${task.id}`);
      progress.say(`      landbridge tasks answer ${task.id}`);
      if (!isInteractive(streams.in ?? {})) return HELD;
    }
    await deps.clock.sleep(POLL_MILLISECONDS, over);
  }
  return HELD;
}
